// Addresses that come from outside, before anything of the page leads there.

/** The address if it is a web address, else nothing: no scripts, no data, no local files. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** A `tel:` address for a number, however it is written; nothing when it holds no digits. */
export function telephoneAddress(number: string): string | undefined {
  const dialled = number.replace(/[^\d+*#,;]/g, '');
  return /\d/.test(dialled) ? `tel:${dialled.replaceAll('#', '%23')}` : undefined;
}

// Whether this gateway shows its demo: then there is a sign-in that everybody knows.

/** The sign-in token of the demo, which exists only where the gateway shows it. */
export const demoDeskToken = 'parley-demo-desk-token';

/** Asks the gateway that served the page. */
export async function hasDemo(fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    const response = await fetch('/demo/config.json', { headers: { Accept: 'application/json' } });
    return response.ok;
  } catch {
    return false;
  }
}

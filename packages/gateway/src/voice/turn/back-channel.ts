// Sounds that show that somebody listens. They are no words, and no reason to fall silent.

const backChannels = new Set(
  'ah aha eh ehm em er erm euh ha hein heu hm hmm hmmm huh mhm mm mmm mmhm mmhmm oh uh uhhuh um umm äh ähm öh öhm'.split(
    ' ',
  ),
);

/** Whether there is at least one real word in what was recognised: not in "", "mm-hm" or "um …". */
export function hasWords(text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .some((word) => word !== '' && !backChannels.has(word));
}

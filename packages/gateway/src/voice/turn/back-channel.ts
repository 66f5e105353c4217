// Sounds that show that somebody listens. They are no words, and no reason to fall silent.

const backChannels = new Set(
  [
    ['ah', 'aha', 'eh', 'er', 'erm', 'ha', 'hm', 'hmm', 'hmmm', 'mhm', 'mm', 'mmm', 'mmhm', 'oh', 'uh', 'uhuh'],
    ['uhhuh', 'um', 'umm', 'mmhmm', 'huh'],
    ['äh', 'ähm', 'öh', 'öhm', 'euh', 'heu', 'hein', 'ehm', 'em'],
  ].flat(),
);

/** Whether there is at least one real word in what was recognised: not in "", "mm-hm" or "um …". */
export function hasWords(text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .some((word) => word !== '' && !backChannels.has(word));
}

// Decides how many of an utterance's words were heard. Models don't say when a word sounds, so words are spread
// evenly over the audio; what is in doubt counts as not heard.

/** An utterance, as far as it is known. */
export interface Utterance {
  text: string;
  audioMs: number;
  /** Neither text nor audio will grow any more. */
  isWhole: boolean;
}

/** Faster than most people and voices speak. Keeps words that came before their audio from counting too early. */
const msPerCharacter = 55;
/** Without spaces for so long, it is a language without them, and may be cut anywhere. */
const longestWord = 30;
/** Words are shown in groups of about this length, or to the end of a clause. */
const groupCharacters = 40;

/** How many characters were heard after `heardMs` of its audio: whole words, and everything at its end. */
export function heardCharacters({ text, audioMs, isWhole }: Utterance, heardMs: number): number {
  if (isWhole && heardMs >= audioMs) return text.length;
  const durationMs = isWhole ? audioMs : Math.max(audioMs, text.length * msPerCharacter);
  if (durationMs <= 0) return 0;
  return wordEnd(text, Math.floor((text.length * Math.max(0, heardMs)) / durationMs));
}

/** Up to where to show an utterance of which `shown` characters are shown and `heard` were heard: in groups. */
export function nextShown(text: string, { shown, heard }: { shown: number; heard: number }): number {
  if (heard - shown >= groupCharacters) return heard;
  const clause = /^.*[.!?…;:,。！？，](?=\s|$)/s.exec(text.slice(shown, heard));
  return clause ? shown + clause[0].length : shown;
}

/** The end of the last word that ends at `at` or before. */
function wordEnd(text: string, at: number): number {
  if (at >= text.length || /\s/.test(text.charAt(at))) return Math.min(at, text.length);
  const start = text.slice(0, at).search(/\s\S*$/);
  if (at - start > longestWord) return at;
  return Math.max(0, start);
}

// The address of a live transcription, which says all there is to say about it.

/** Audio as it is sent: signed 16-bit, little-endian, mono. Hz. */
export const deepgramRate = 16_000;

/** Terms are limited to 500 tokens, and more of them stop the transcription without a word. */
const mostTerms = 60;
const mostTermLetters = 600;

export interface DeepgramOptions {
  model?: string | undefined;
  /** Default `https://api.deepgram.com/v1`. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

/** A `wss:` (or, for `http:` addresses, `ws:`) URL. */
export function deepgramAddress(options: DeepgramOptions, language: string, phrases: readonly string[]): string {
  const { model = 'nova-3', baseUrl = 'https://api.deepgram.com/v1' } = options;
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/listen`.replace(/^http/, 'ws'));
  const settings = {
    model,
    language,
    encoding: 'linear16',
    sample_rate: String(deepgramRate),
    channels: '1',
    interim_results: 'true',
    punctuate: 'true',
    endpointing: '300',
    utterance_end_ms: '1000',
    vad_events: 'true',
  };
  for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
  // Only this family of models takes terms.
  if (model.startsWith('nova-3')) for (const term of terms(phrases)) url.searchParams.append('keyterm', term);
  return url.href;
}

function terms(phrases: readonly string[]): string[] {
  const kept: string[] = [];
  let letters = 0;
  for (const phrase of new Set(phrases)) {
    letters += phrase.length;
    if (kept.length === mostTerms || letters > mostTermLetters) break;
    kept.push(phrase);
  }
  return kept;
}

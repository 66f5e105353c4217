// A voice that doesn't say the same sentence twice: greetings and house phrases come out of memory, at once.

import type { TextToSpeech } from '../ports/text-to-speech.ts';

/** Bytes of audio kept: about three minutes at 24 kHz. */
const defaultBytes = 8 * 1024 * 1024;

/** Longer sentences aren't kept: they are seldom said again. */
const longestText = 500;

/**
 * Remembers what a voice has said, the lately used longest. Only what was said to its end is kept. Two calls that say a
 * new sentence at the same time both ask the voice.
 */
export function rememberingVoice(voice: TextToSpeech, maxBytes: number = defaultBytes): TextToSpeech {
  /** In the order of use, the latest last. */
  const spoken = new Map<string, Int16Array[]>();
  let bytes = 0;

  function recall(key: string): Int16Array[] | undefined {
    const pieces = spoken.get(key);
    if (pieces === undefined) return undefined;
    spoken.delete(key);
    spoken.set(key, pieces);
    return pieces;
  }

  function remember(key: string, pieces: Int16Array[]): void {
    if (spoken.has(key) || sizeOf(pieces) > maxBytes) return;
    spoken.set(key, pieces);
    bytes += sizeOf(pieces);
    for (const [oldest, its] of spoken) {
      if (bytes <= maxBytes) return;
      spoken.delete(oldest);
      bytes -= sizeOf(its);
    }
  }

  async function* speak(text: string, options: { language: string; signal: AbortSignal }): AsyncGenerator<Int16Array> {
    const key = `${options.language} ${text}`;
    const known = recall(key);
    if (known) {
      // A copy, so that whoever plays it may change it.
      for (const piece of known) if (!options.signal.aborted) yield piece.slice();
      return;
    }
    const pieces: Int16Array[] = [];
    for await (const piece of voice.speak(text, options)) {
      if (text.length <= longestText) pieces.push(piece.slice());
      yield piece;
    }
    if (!options.signal.aborted && pieces.length > 0) remember(key, pieces);
  }

  const ready = voice.ready?.bind(voice);
  return { speak, close: () => voice.close(), ...(ready && { ready }) };
}

function sizeOf(pieces: readonly Int16Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

// Cuts what is heard into the windows of the speech detector and asks it about each, in order. A slow detector is asked
// about fewer windows, it never holds the audio up.
import type { SpeechDetector } from '../ports/speech-detector.ts';

/** Samples, at 16 kHz. */
const WINDOW_SIZE = 512;
/** Windows that may wait for the detector, half a second; the oldest are left out. */
const MAX_WAITING = 16;

/** What is needed. */
export interface VoiceActivityParts {
  detector: SpeechDetector;
  /** How likely it is that the window which ended at `atMs` holds speech. */
  judged: (probability: number, atMs: number) => void;
  failed: (error: Error) => void;
}

/** The detector of one call, fed with frames. */
export interface VoiceActivity {
  /** Mono, 16 kHz, of any length; heard at `atMs`. */
  hear(frame: Int16Array, atMs: number): void;
  close(): void;
}

/** Begins to detect. */
export function createVoiceActivity({ detector, judged, failed }: VoiceActivityParts): VoiceActivity {
  let filling = new Float32Array(WINDOW_SIZE);
  let filled = 0;
  const waiting: { window: Float32Array; atMs: number }[] = [];
  let isJudging = false;
  let isClosed = false;

  async function judgeAll(): Promise<void> {
    isJudging = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const probability = await detector.probability(next.window);
      if (isClosed) return;
      judged(probability, next.atMs);
    }
    isJudging = false;
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    waiting.length = 0;
    detector.close();
  }

  return {
    hear(frame, atMs) {
      for (let rest = frame; rest.length > 0;) {
        const part = rest.subarray(0, WINDOW_SIZE - filled);
        copyScaled(part, filling, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
        if (filled < WINDOW_SIZE) break;
        waiting.push({ window: filling, atMs });
        filling = new Float32Array(WINDOW_SIZE);
        filled = 0;
      }
      if (waiting.length > MAX_WAITING) waiting.splice(0, waiting.length - MAX_WAITING);
      if (isJudging || isClosed || waiting.length === 0) return;
      judgeAll().catch((error: unknown) => {
        if (isClosed) return;
        close();
        failed(error instanceof Error ? error : new Error(String(error)));
      });
    },
    close,
  };
}

function copyScaled(from: Int16Array, to: Float32Array, place: number): void {
  for (let index = 0; index < from.length; index += 1) to[place + index] = (from[index] ?? 0) / 32_768;
}

// A mouth without a network: what is written to it is played 20 ms at a time, when the test says so.
import type { Dialogue, Mouth } from '../../src/voice/index.ts';

interface PaperSegment {
  id: string;
  writtenMs: number;
  playedMs: number;
  isFinished: boolean;
}

/** How long after it was played the caller has heard something, ms. */
export const LAG_MS = 100;

/** A mouth whose every frame is in the test's hands. */
export interface PaperMouth extends Mouth {
  /** Gives out the next 20 ms. */
  play(): void;
  /** How much was given out in all, ms. */
  readonly soundedMs: number;
}

/** Makes the mouth of a call; the dialogue, which is made after it, is told what happens to its segments. */
export function paperMouth(dialogue: () => Pick<Dialogue, 'segmentStarted' | 'segmentEnded'>): PaperMouth {
  let waiting: PaperSegment[] = [];
  const all = new Map<string, PaperSegment>();
  let soundedMs = 0;

  function endFinished(): void {
    for (let [first] = waiting; first?.isFinished && first.playedMs >= first.writtenMs; [first] = waiting) {
      waiting.shift();
      dialogue().segmentEnded(first.id);
    }
  }

  return {
    write(id, pcm) {
      const segment = all.get(id) ?? { id, writtenMs: 0, playedMs: 0, isFinished: false };
      if (!all.has(id)) waiting.push(segment);
      all.set(id, segment);
      segment.writtenMs += pcm.length / 24;
    },
    finish(id) {
      const segment = all.get(id);
      if (segment) segment.isFinished = true;
      endFinished();
    },
    flush() {
      const flushed = waiting;
      waiting = [];
      for (const { id } of flushed) dialogue().segmentEnded(id);
    },
    playedMs: (id) => all.get(id)?.playedMs ?? 0,
    lagMs: LAG_MS,
    get isSpeaking() {
      return waiting.length > 0;
    },
    play() {
      const [first] = waiting;
      if (first && first.playedMs < first.writtenMs) {
        if (first.playedMs === 0) dialogue().segmentStarted(first.id);
        first.playedMs = Math.min(first.playedMs + 20, first.writtenMs);
        soundedMs += 20;
      }
      endFinished();
    },
    get soundedMs() {
      return soundedMs;
    },
  };
}

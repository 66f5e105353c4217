// A mouth that can be made quiet: whoever speaks with it goes on as if they were heard, and nobody hears them.
import type { Mouth } from '../dialogue.ts';

/** The mouth, and whether it is quiet. */
export interface QuietMouth {
  readonly mouth: Mouth;
  /** From now on: silence at once, or heard again. What was begun in silence stays unheard. */
  quiet: (on: boolean) => void;
}

/** Puts quiet before a mouth. `ended`: a segment of which nothing was heard is over. */
export function createQuietMouth(behind: Mouth, ended: (segmentId: string) => void): QuietMouth {
  const unheard = new Set<string>();
  let isQuiet = false;

  const mouth: Mouth = {
    write(segmentId, pcm) {
      if (isQuiet) unheard.add(segmentId);
      if (!unheard.has(segmentId)) behind.write(segmentId, pcm);
    },
    finish(segmentId) {
      if (unheard.delete(segmentId)) ended(segmentId);
      else behind.finish(segmentId);
    },
    flush() {
      if (!isQuiet) behind.flush();
      for (const segmentId of unheard) {
        unheard.delete(segmentId);
        ended(segmentId);
      }
    },
    playedMs: (segmentId) => behind.playedMs(segmentId),
    get lagMs() {
      return behind.lagMs;
    },
    get isSpeaking() {
      return unheard.size > 0 || (!isQuiet && behind.isSpeaking);
    },
  };

  return {
    mouth,
    quiet(on) {
      isQuiet = on;
      if (on) behind.flush();
    },
  };
}

// Passes on what somebody says while they say it: from the frames of one path into the mouth of another.
import type { Mouth } from '../dialogue.ts';
import { levelDbfs } from '../media/level.ts';
import type { SpeechRate } from '../media/pcm.ts';
import { Resampler } from '../media/resample.ts';
import { sentRate } from '../media/sender.ts';

/** When so much waits, what comes is dropped: whoever talks with another would rather miss a word than wait. */
const MAX_WAITING_MS = 200;
/** When so much waits, silence is dropped, too: nobody misses it, and the delay is gone. */
const TOLERATED_MS = 60;
const SILENCE_DBFS = -50;

/** One direction of a conversation, from its beginning to its end. */
export interface LiveAudio {
  /** 20 ms, mono, at the rate it was made for; null when nothing came. */
  take(frame: Int16Array | null): void;
  /** How much was dropped, ms. */
  readonly droppedMs: number;
  close(): void;
}

/** Begins to fill a segment of `mouth`, which has nothing else to say meanwhile. */
export function createLiveAudio(parts: { mouth: Mouth; segmentId: string; rate: SpeechRate }): LiveAudio {
  const { mouth, segmentId, rate } = parts;
  const resampler = new Resampler(rate, sentRate);
  let writtenMs = 0;
  let droppedMs = 0;
  let isClosed = false;

  function isTooMuch(pcm: Int16Array): boolean {
    const waitingMs = writtenMs - mouth.playedMs(segmentId);
    return waitingMs > MAX_WAITING_MS || (waitingMs > TOLERATED_MS && levelDbfs(pcm) < SILENCE_DBFS);
  }

  return {
    take(frame) {
      if (isClosed || !frame) return;
      const pcm = resampler.push(frame);
      const ms = (pcm.length * 1000) / sentRate;
      if (isTooMuch(pcm)) {
        droppedMs += ms;
        return;
      }
      writtenMs += ms;
      mouth.write(segmentId, pcm);
    },
    get droppedMs() {
      return droppedMs;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      mouth.finish(segmentId);
    },
  };
}

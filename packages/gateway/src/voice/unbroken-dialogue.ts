// Keeps what goes wrong in a dialogue within its call: whatever is thrown, at once or by a timer, is told as a failure.
import type { Timers } from '../kit/index.ts';
import type { Dialogue } from './dialogue.ts';

type Failed = (error: Error) => void;

/** The dialogue, with methods that don't throw. An announcement that can't be made is over. */
export function unbrokenDialogue(dialogue: Dialogue, failed: Failed): Dialogue {
  const guard = guardWith(failed);
  return {
    rate: dialogue.rate,
    start: guard(() => dialogue.start()),
    hear: guard((frame) => dialogue.hear(frame)),
    press: guard((digit) => dialogue.press(digit)),
    sessionChanged: guard(() => dialogue.sessionChanged()),
    replyRelayed: guard((news) => dialogue.replyRelayed(news)),
    segmentEnded: guard((segmentId) => dialogue.segmentEnded(segmentId)),
    segmentStarted: guard((segmentId) => dialogue.segmentStarted(segmentId)),
    announce: (text, options) => dialogue.announce(text, options).catch((error: unknown) => failed(asError(error))),
    suspend: guard(() => dialogue.suspend()),
    resume: guard(() => dialogue.resume()),
    close: guard(() => dialogue.close()),
  };
}

/** Timers whose actions don't throw. */
export function unbrokenTimers(timers: Timers, failed: Failed): Timers {
  const guard = guardWith(failed);
  return {
    after: (delayMs, action) => timers.after(delayMs, guard(action)),
    every: (intervalMs, action) => timers.every(intervalMs, guard(action)),
  };
}

/** An error, whatever was thrown. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function guardWith(failed: Failed) {
  return <Given extends unknown[]>(act: (...given: Given) => void): ((...given: Given) => void) => {
    return (...given) => {
      try {
        act(...given);
      } catch (error) {
        failed(asError(error));
      }
    };
  };
}

// Asks whether somebody is there when nobody has spoken for a while, and gives up after so many times.
import type { Timer, Timers } from '../../kit/index.ts';

/** What a watch needs. */
export interface SilenceWatchParts {
  /** 0 ms: never ask. */
  settings: { promptAfterMs: number; maxPrompts: number };
  timers: Timers;
  /** How long the caller still hears what was played last, ms. */
  lagMs: () => number;
  ask: () => void;
  /** Nobody has answered any of the questions. */
  giveUp: () => void;
}

/** Watches over the silences of one call. */
export interface SilenceWatch {
  /** Whether it is the caller's turn and he says nothing. Saying so again changes nothing. */
  quiet(isQuiet: boolean): void;
  /** The caller has given a sign of life: the questions count from the beginning. */
  answered(): void;
  close(): void;
}

/** Creates a watch. It begins to count when it is quiet. */
export function createSilenceWatch({ settings, timers, lagMs, ask, giveUp }: SilenceWatchParts): SilenceWatch {
  let wait: Timer | undefined;
  let asked = 0;
  let isOver = settings.promptAfterMs === 0;

  function expired(): void {
    wait = undefined;
    if (asked < settings.maxPrompts) {
      asked += 1;
      ask();
      return;
    }
    isOver = true;
    giveUp();
  }

  function stop(): void {
    wait?.cancel();
    wait = undefined;
  }

  return {
    quiet(isQuiet) {
      if (isOver || !isQuiet) stop();
      else wait ??= timers.after(settings.promptAfterMs + lagMs(), expired);
    },
    answered() {
      asked = 0;
      stop();
    },
    close() {
      isOver = true;
      stop();
    },
  };
}

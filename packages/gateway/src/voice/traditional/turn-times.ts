// The moments of a turn, measured one after the other: the caller's last sound, his words, the agent's first word and
// first sound.
import type { Clock } from '../../kit/index.ts';
import type { DialogueHost } from '../dialogue.ts';

/** Takes the times of the turn that is going on; each moment counts once. */
export interface TurnTimes {
  /** The caller has finished; his last sound was at `voiceEndedMs`. */
  finished(voiceEndedMs: number): void;
  understood(): void;
  firstWord(): void;
  firstSound(): void;
}

/** Measures the turns of one call. */
export function createTurnTimes(host: Pick<DialogueHost, 'measured'>, clock: Clock): TurnTimes {
  let voiceEndedMs: number | null = null;
  let finishedMs: number | null = null;
  let understoodMs: number | null = null;

  return {
    finished(endedMs) {
      voiceEndedMs = endedMs;
      finishedMs = clock.nowMs();
      host.measured('endpointing', finishedMs - endedMs);
    },
    understood() {
      if (finishedMs === null) return;
      understoodMs = clock.nowMs();
      host.measured('transcript', understoodMs - finishedMs);
      finishedMs = null;
    },
    firstWord() {
      if (understoodMs !== null) host.measured('first-token', clock.nowMs() - understoodMs);
      understoodMs = null;
    },
    firstSound() {
      // What sounds before he was understood is no answer to him.
      if (voiceEndedMs !== null && finishedMs === null) {
        host.measured('first-audio', clock.nowMs() - voiceEndedMs);
        voiceEndedMs = null;
      }
    },
  };
}

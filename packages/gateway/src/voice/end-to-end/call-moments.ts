// Measures the turns of a call as the model tells of them.
import type { Clock } from '../../kit/index.ts';
import type { DialogueHost } from '../dialogue.ts';

export interface CallMoments {
  /** The caller began to speak so long ago. */
  callerBegan(agoMs: number): void;
  /** The caller has finished; the last speech was so long ago. */
  callerPaused(agoMs: number): void;
  transcribed(): void;
  agentSounds(): void;
  /** The agent was interrupted by the caller. */
  agentSilenced(): void;
}

export function createCallMoments(host: Pick<DialogueHost, 'measured'>, clock: Clock): CallMoments {
  let beganAtMs: number | undefined;
  let endedAtMs: number | undefined;
  let noticedAtMs: number | undefined;
  return {
    callerBegan(agoMs) {
      beganAtMs = clock.nowMs() - Math.max(0, agoMs);
      endedAtMs = undefined;
    },
    callerPaused(agoMs) {
      const pauseMs = Math.max(0, agoMs);
      noticedAtMs = clock.nowMs();
      endedAtMs = noticedAtMs - pauseMs;
      host.measured('endpointing', pauseMs);
    },
    transcribed() {
      if (noticedAtMs !== undefined) host.measured('transcript', clock.nowMs() - noticedAtMs);
      noticedAtMs = undefined;
    },
    agentSounds() {
      if (endedAtMs !== undefined) host.measured('first-audio', clock.nowMs() - endedAtMs);
      endedAtMs = undefined;
    },
    agentSilenced() {
      if (beganAtMs !== undefined) host.measured('barge-in', clock.nowMs() - beganAtMs);
      beganAtMs = undefined;
    },
  };
}

// May somebody connect to this session now? Plain rules about the ends of sessions.
import type { SessionState } from './session/state.ts';

/**
 * True while the session can be read: until its end, and for `endedReplayMs` after it, so that the last
 * words aren't lost. One that was abandoned is gone at once: SDKs start a new one then, as they should.
 */
export function isReadable(state: SessionState, when: { nowMs: number; endedReplayMs: number }): boolean {
  if (!state.ended) return true;
  return state.ended.reason !== 'REASON_USER_ABANDONED' && when.nowMs - state.ended.atMs < when.endedReplayMs;
}

// Which agent answers in a session: a call may have asked for a variant or a pinned build.
import type { LiveCall } from './journal-entry.ts';
import type { SessionInfo } from './session-info.ts';

/** What a call asked for; null: the session's own. */
export type CalledAgent = Pick<LiveCall, 'variantId' | 'build'>;

/** An agent, in its variant or build. */
export type AnsweringAgent = Pick<SessionInfo, 'agentId' | 'variantId'> & Pick<LiveCall, 'build'>;

/** The agent of the call; without a call, the session's own. */
export function answeringAgent(
  { agentId, variantId }: Pick<SessionInfo, 'agentId' | 'variantId'>,
  call: CalledAgent | null,
): AnsweringAgent {
  return { agentId, variantId: call?.variantId ?? variantId, build: call?.build ?? null };
}

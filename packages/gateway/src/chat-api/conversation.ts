// What a conversation of the Chat API is: a session that came in by this door.
import { chatErrors } from '@parley/protocol';
import type { LiveSession, Sessions, SessionState } from '../messaging/index.ts';
import { ChatFailure } from './chat-failure.ts';
import type { ApiProject } from './ports/chat-access.ts';

/**
 * The conversation with this id. Throws {@link ChatFailure} when the project has none: sessions of other projects and
 * of other doors are unknown here.
 */
export async function openConversation(
  conversationId: string,
  project: ApiProject,
  sessions: Pick<Sessions, 'open'>,
): Promise<LiveSession> {
  const session = await sessions.open(conversationId);
  if (session?.info.door !== 'chat-api' || !isOf(session, project)) {
    throw new ChatFailure(chatErrors.conversationNotFound);
  }
  return session;
}

/** Whether the session belongs to the project. */
export function isOf({ info }: LiveSession, { account, project }: ApiProject): boolean {
  return info.account === account && info.project === project;
}

/** Whether nothing more can be said: it ended, or the agent has handed it off, which ends it for this door. */
export function isOver({ ended, handoff }: SessionState): boolean {
  return ended !== null || handoff !== null;
}

// `PUT …/chat/close`: ends a conversation; a second time is no error (messaging spec, sections 11 and 15, Q21).
import { chatErrors, decodeChatCloseRequest, encodeChatCloseAnswer } from '@parley/protocol';
import type { LiveSession, Subscriber } from '../messaging/index.ts';
import { admittedConnector } from './admitted-connector.ts';
import type { ChatApiParts } from './chat-api-parts.ts';
import { ChatFailure } from './chat-failure.ts';
import type { ChatRequest } from './chat-request.ts';
import { openConversation } from './conversation.ts';
import { guardRate } from './rate-guard.ts';

/** The body of the answer. Throws {@link ChatFailure}. */
export async function close(request: ChatRequest, parts: ChatApiParts): Promise<string> {
  const connector = await admittedConnector(request, parts.access);
  const wanted = decodeChatCloseRequest(request.bodyText);
  if (wanted === 'invalid') throw new ChatFailure(chatErrors.invalidBody);
  guardRate(parts.requestLimit, connector.connectorId);
  await end(await openConversation(wanted.conversationId, connector, parts.sessions));
  return encodeChatCloseAnswer({ success: true });
}

/** Resolves when the end is durable. */
function end(session: LiveSession): Promise<void> {
  if (session.state.ended && !session.isSettling) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const watch: Subscriber = {
      deliver() {},
      ended() {
        session.unsubscribe(watch);
        resolve();
      },
      broke: () => reject(new Error('the session broke')),
    };
    session.subscribe(watch);
    session.execute({ type: 'client-event', event: { type: 'user-end-session' } });
  });
}

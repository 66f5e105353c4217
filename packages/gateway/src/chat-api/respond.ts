// `POST …/chat/respond`: takes one turn and answers with what the agent says (messaging spec, section 11).
import { chatErrors, decodeChatRespondRequest, encodeChatRespondAnswer, systemTexts } from '@parley/protocol';
import type { ChatRespondRequest, WireError } from '@parley/protocol';
import type { Command, HandoffRequest } from '../messaging/index.ts';
import { admittedConnector } from './admitted-connector.ts';
import type { ChatApiParts } from './chat-api-parts.ts';
import { ChatFailure } from './chat-failure.ts';
import type { ChatRequest } from './chat-request.ts';
import { readFacts, setFacts } from './conversation-facts.ts';
import { isOver, openConversation } from './conversation.ts';
import { guardRate } from './rate-guard.ts';
import type { TurnCollectors, TurnEnd } from './turn-collector.ts';

/** Requests that may wait in one conversation. */
const MAX_WAITING = 20;

/** What a turn that brought no answer is answered with. */
const failures: Record<Exclude<TurnEnd['outcome'], 'answered'>, WireError> = {
  // Callers may show the text to their users: it is the one that users of messaging read.
  failed: { ...chatErrors.internal, text: systemTexts.noReply },
  ended: chatErrors.conversationEnded,
  'timed-out': chatErrors.timedOut,
};

/** The body of the answer. Throws {@link ChatFailure}. */
export async function respond(
  request: ChatRequest,
  parts: ChatApiParts & { collectors: TurnCollectors },
): Promise<string> {
  const connector = await admittedConnector(request, parts.access);
  const wanted = decodeChatRespondRequest(request.bodyText);
  if (wanted === 'invalid') throw new ChatFailure(chatErrors.invalidBody);
  const facts = readFacts(wanted);
  const command = commandOf(wanted, parts.sessions.settings);
  guardRate(parts.requestLimit, connector.connectorId);
  const session = await openConversation(wanted.conversationId, connector, parts.sessions);
  if (isOver(session.state)) throw new ChatFailure(chatErrors.conversationEnded);
  const collector = parts.collectors.of(session);
  if (collector.waiting >= MAX_WAITING) throw new ChatFailure(chatErrors.rateLimited, { retryAfterSeconds: 1 });

  session.heard();
  setFacts(session, facts);
  const end = await collector.collect(command);
  if (end.outcome !== 'answered') throw new ChatFailure(failures[end.outcome]);
  return encodeChatRespondAnswer({
    conversationId: session.info.id,
    response: end.response,
    endConversation: isOver(session.state),
    ...(end.handoff && { handoff: handoffOf(end.handoff) }),
  });
}

/** A message that says nothing is none: the agent is asked whether it has more to say. */
function commandOf({ message, metadata }: ChatRespondRequest, limits: { maxMessageBytes: number }): Command {
  if (message === undefined || message.trim() === '') return { type: 'request-turn' };
  if (Buffer.byteLength(message) > limits.maxMessageBytes) throw new ChatFailure(chatErrors.invalidConversation);
  const event = { type: 'user-message' as const, text: message };
  // Under a name of its own, where nothing in it is taken for a correlation key.
  return { type: 'client-event', event, ...(metadata && { custom: { metadata } }) };
}

function handoffOf({ route, queue, reason }: HandoffRequest): { destination: string; reason: string } {
  return { destination: route || queue, reason };
}

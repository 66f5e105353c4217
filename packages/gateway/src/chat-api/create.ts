// `POST …/chat/create`: begins a conversation and answers with its greeting (messaging spec, section 11).
import { chatErrors, decodeChatCreateRequest, encodeChatCreateAnswer } from '@parley/protocol';
import { admittedConnector } from './admitted-connector.ts';
import type { ChatApiParts } from './chat-api-parts.ts';
import { ChatFailure } from './chat-failure.ts';
import type { ChatRequest } from './chat-request.ts';
import { readFacts, setFacts } from './conversation-facts.ts';
import { guardRate } from './rate-guard.ts';
import type { TurnCollectors } from './turn-collector.ts';

/** Nobody connects to a conversation of this door with an access token: no token has this subject. */
const SUBJECT = 'chat-api';

/** The body of the answer. Throws {@link ChatFailure}; a conversation without greeting is given up. */
export async function create(
  request: ChatRequest,
  parts: ChatApiParts & { collectors: TurnCollectors },
): Promise<string> {
  const connector = await admittedConnector(request, parts.access);
  const wanted = decodeChatCreateRequest(request.bodyText);
  if (wanted === 'invalid') throw new ChatFailure(chatErrors.invalidBody);
  const facts = readFacts(wanted);
  if (!parts.hasAgent(connector.agentId)) throw new ChatFailure(chatErrors.draftNotFound);
  const variantId = wanted.variantId || null;
  if (variantId !== null && !parts.hasAgent(connector.agentId, variantId)) {
    throw new ChatFailure(chatErrors.invalidConversation);
  }
  guardRate(parts.createLimit, connector.connectorId);

  const session = await parts.sessions.create({
    connectorId: connector.connectorId,
    account: connector.account,
    project: connector.project,
    agentId: connector.agentId,
    variantId,
    subject: SUBJECT,
    door: 'chat-api',
    channel: wanted.channel ?? 'api',
    streaming: false,
    platform: 'custom',
    deviceType: null,
    userAgent: null,
    contextId: null,
  });
  setFacts(session, facts);
  const greeting = await parts.collectors
    .of(session)
    .collect({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
  if (greeting.outcome === 'answered') {
    return encodeChatCreateAnswer({ conversationId: session.info.id, response: greeting.response });
  }
  // Nobody will ever know its id.
  session.execute({ type: 'expire' });
  throw new ChatFailure(greeting.outcome === 'timed-out' ? chatErrors.timedOut : chatErrors.deploymentFailed);
}

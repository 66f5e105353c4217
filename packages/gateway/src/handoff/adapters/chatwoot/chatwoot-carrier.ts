// Tells a Chatwoot inbox: a hand-off becomes a contact with a conversation, what the user writes becomes its messages.
// Chatwoot knows no idempotency keys, so before anything is made again it is asked what it has.
import type { BridgeDelivery } from '@parley/protocol';
import type { Clock } from '../../../kit/index.ts';
import { outcomeWithoutAnswer } from '../../deliveries/http-outcome.ts';
import type { Remembered } from '../../ports/bridge-store.ts';
import type { Carrier, Try, TryOutcome } from '../../ports/carrier.ts';
import { ChatwootFailure, chatwootApi } from './chatwoot-api.ts';
import type { ChatwootApi, ChatwootInbox, ConversationPlace } from './chatwoot-api.ts';
import { transcriptText } from './transcript-text.ts';

/** What is known of a case in Chatwoot. */
interface ChatwootMemory {
  /** The contact, as the inbox names it. */
  sourceId?: string;
  /** Conversations the contact had before this one. */
  others?: number[];
  conversationId?: number;
  hasTranscript?: boolean;
  /** The last message of the user that is known to be there. */
  lastMessageId?: number;
}

/** One try with the API it is made by. */
interface Attempt {
  api: ChatwootApi;
  memory: ChatwootMemory;
  again: boolean;
  remember: (more: ChatwootMemory) => Promise<void>;
}

/** Makes the carrier. `fetch`: in place of the real one. */
export function createChatwootCarrier(
  inbox: ChatwootInbox,
  { clock, fetch: send = fetch }: { clock: Clock; fetch?: typeof fetch | undefined },
): Carrier {
  const apiFor = (signal: AbortSignal): ChatwootApi =>
    chatwootApi(inbox, { fetch: send, nowMs: clock.nowMs(), signal });

  return {
    accepts: true,
    async deliver(attempt) {
      try {
        await tell(attempt.delivery, attemptOf(attempt, apiFor(attempt.signal)));
        return { result: 'delivered', answer: '200' };
      } catch (error) {
        return outcomeOfFailure(error, attempt.signal);
      }
    },
    async typing({ state }, remembered, signal) {
      const place = placeOf(remembered);
      if (place) await apiFor(signal).typing(place, state === 'TYPING_STATE_STARTED' ? 'on' : 'off');
    },
  };
}

/** The conversation of a case; undefined while there is none. */
export function placeOf(remembered: Remembered): ConversationPlace | undefined {
  const { sourceId, conversationId } = remembered as ChatwootMemory;
  return sourceId === undefined || conversationId === undefined ? undefined : { sourceId, conversationId };
}

function attemptOf({ remembered, remember, again }: Try, api: ChatwootApi): Attempt {
  const memory: ChatwootMemory = { ...remembered };
  return {
    api,
    memory,
    again,
    remember(more) {
      Object.assign(memory, more);
      return remember({ ...memory });
    },
  };
}

function outcomeOfFailure(error: unknown, signal: AbortSignal): TryOutcome {
  return error instanceof ChatwootFailure ? error.outcome : outcomeWithoutAnswer(signal);
}

async function tell(delivery: BridgeDelivery, attempt: Attempt): Promise<void> {
  if (delivery.type === 'requested') return request(delivery, attempt);
  const place = placeOf({ ...attempt.memory });
  if (!place) throw new ChatwootFailure({ result: 'refused', answer: 'no conversation' });
  switch (delivery.type) {
    case 'user_message':
      return say(place, delivery.line.text, { ...attempt, echoId: delivery.id });
    case 'user_left':
      return attempt.api.notes?.add(place.conversationId, 'The visitor has left.');
    case 'user_back':
      return attempt.api.notes?.add(place.conversationId, 'The visitor is back.');
    case 'ended':
      return attempt.api.resolve(place);
  }
}

async function request(delivery: Extract<BridgeDelivery, { type: 'requested' }>, attempt: Attempt): Promise<void> {
  const place = await openConversation(delivery, attempt);
  const { api, again, memory, remember } = attempt;
  if (memory.hasTranscript) return;
  const text = transcriptText(delivery);
  if (!api.notes) await say(place, text, { ...attempt, echoId: delivery.id });
  else if (!again || !(await api.notes.has(place.conversationId, text))) {
    await api.notes.add(place.conversationId, text);
  }
  await remember({ hasTranscript: true });
}

async function openConversation(
  { caseId, session, queue, reason }: Extract<BridgeDelivery, { type: 'requested' }>,
  { api, memory, remember }: Attempt,
): Promise<ConversationPlace> {
  const contact = { sourceId: caseId, identifier: `parley:${session.id}`, name: session.userName };
  const sourceId = memory.sourceId ?? (await api.createContact(contact));
  await remember({ sourceId });
  if (memory.conversationId !== undefined) return { sourceId, conversationId: memory.conversationId };
  const there = await api.conversationIds(sourceId);
  const others = memory.others ?? there;
  await remember({ others });
  // One that wasn't there before was made by a try whose answer got lost.
  const made = there.find((id) => !others.includes(id));
  const conversationId = made ?? (await api.createConversation(sourceId, { parley_case: caseId, queue, reason }));
  await remember({ conversationId });
  return { sourceId, conversationId };
}

/** Writes as the user, unless a former try did. */
async function say(
  place: ConversationPlace,
  text: string,
  { api, memory, again, remember, echoId }: Attempt & { echoId: string },
): Promise<void> {
  const { lastMessageId: last = 0 } = memory;
  const isThere = ({ id, message_type, content }: Awaited<ReturnType<ChatwootApi['messages']>>[number]): boolean =>
    id > last && message_type === 'incoming' && content === text;
  const there = again ? (await api.messages(place)).find(isThere) : undefined;
  const lastMessageId = there?.id ?? (await api.send(place, text, echoId));
  await remember({ lastMessageId });
}

// The calls of Chatwoot's API that Parley makes: those of the public API for the user, and, with an access token, those
// of the application API for private notes. Source: developers.chatwoot.com.
import { createHmac } from 'node:crypto';
import { outcomeOf } from '../../deliveries/http-outcome.ts';
import type { TryOutcome } from '../../ports/carrier.ts';
import { readAllNumbered, readContact, readMessages, readNumbered } from './chatwoot-wire.ts';
import type { ChatwootMessage } from './chatwoot-wire.ts';

/** Answers are lists of a few messages. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** An inbox of the kind "API", and what it is reached with. */
export interface ChatwootInbox {
  /** Without a slash at the end. */
  baseUrl: string;
  inboxIdentifier: string;
  /** Of an inbox that enforces identity validation. */
  hmacToken?: string | undefined;
  /** For private notes. */
  notes?: { accountId: number; apiAccessToken: string } | undefined;
}

/** A conversation as the public API finds it. */
export interface ConversationPlace {
  sourceId: string;
  conversationId: number;
}

/** A call that didn't succeed. */
export class ChatwootFailure extends Error {
  readonly outcome: TryOutcome;

  constructor(outcome: TryOutcome) {
    super(`Chatwoot answered ${outcome.answer}`);
    this.outcome = outcome;
  }
}

/** The calls. They throw {@link ChatwootFailure}, and what `fetch` throws. */
export interface ChatwootApi {
  /** Answers under which id the inbox knows the contact. The same one for the same `sourceId`. */
  createContact(contact: { sourceId: string; identifier: string; name: string | null }): Promise<string>;
  conversationIds(sourceId: string): Promise<number[]>;
  createConversation(sourceId: string, customAttributes: Record<string, string>): Promise<number>;
  /** The last messages, without private ones. */
  messages(place: ConversationPlace): Promise<ChatwootMessage[]>;
  /** As the user. Answers the id of the message. */
  send(place: ConversationPlace, content: string, echoId: string): Promise<number>;
  typing(place: ConversationPlace, status: 'on' | 'off'): Promise<void>;
  resolve(place: ConversationPlace): Promise<void>;
  /** Null without an access token. */
  notes: {
    add(conversationId: number, content: string): Promise<void>;
    has(conversationId: number, content: string): Promise<boolean>;
  } | null;
}

/** The API of an inbox for as long as `signal` allows. */
export function chatwootApi(
  inbox: ChatwootInbox,
  { fetch: send, nowMs, signal }: { fetch: typeof fetch; nowMs: number; signal: AbortSignal },
): ChatwootApi {
  const contacts = `/public/api/v1/inboxes/${encodeURIComponent(inbox.inboxIdentifier)}/contacts`;
  const conversationsOf = (sourceId: string): string => `${contacts}/${encodeURIComponent(sourceId)}/conversations`;
  const at = ({ sourceId, conversationId }: ConversationPlace): string =>
    `${conversationsOf(sourceId)}/${conversationId}`;

  async function call(path: string, body?: object, headers: Record<string, string> = {}): Promise<string> {
    const response = await send(`${inbox.baseUrl}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal,
    });
    const outcome = outcomeOf(response, nowMs);
    if (outcome.result === 'delivered') return readText(response);
    await response.body?.cancel();
    throw new ChatwootFailure(outcome);
  }

  function notesWith({ accountId, apiAccessToken }: NonNullable<ChatwootInbox['notes']>): ChatwootApi['notes'] {
    const headers = { api_access_token: apiAccessToken };
    const pathOf = (conversationId: number): string =>
      `/api/v1/accounts/${accountId}/conversations/${conversationId}/messages`;
    return {
      async add(conversationId, content) {
        await call(pathOf(conversationId), { content, message_type: 'outgoing', private: true }, headers);
      },
      async has(conversationId, content) {
        const notes = understood(readMessages(await call(pathOf(conversationId), undefined, headers)));
        return notes.some((note) => note.private === true && note.content === content);
      },
    };
  }

  return {
    async createContact({ sourceId, identifier, name }) {
      const hash = inbox.hmacToken && createHmac('sha256', inbox.hmacToken).update(identifier).digest('hex');
      const answer = await call(contacts, {
        source_id: sourceId,
        identifier,
        ...(hash && { identifier_hash: hash }),
        ...(name !== null && { name }),
      });
      return understood(readContact(answer)).source_id;
    },
    async conversationIds(sourceId) {
      const found = understood(readAllNumbered(await call(conversationsOf(sourceId))));
      return found.map(({ id }) => id);
    },
    async createConversation(sourceId, customAttributes) {
      const answer = await call(conversationsOf(sourceId), { custom_attributes: customAttributes });
      return understood(readNumbered(answer)).id;
    },
    async messages(place) {
      return understood(readMessages(await call(`${at(place)}/messages`)));
    },
    async send(place, content, echoId) {
      const answer = await call(`${at(place)}/messages`, { content, echo_id: echoId });
      return understood(readNumbered(answer)).id;
    },
    async typing(place, status) {
      await call(`${at(place)}/toggle_typing`, { typing_status: status });
    },
    async resolve(place) {
      await call(`${at(place)}/toggle_status`, {});
    },
    notes: inbox.notes ? notesWith(inbox.notes) : null,
  };
}

function understood<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new ChatwootFailure({ result: 'failed', answer: 'unreadable answer' });
  return answer;
}

async function readText(response: Response): Promise<string> {
  let body = '';
  if (!response.body) return body;
  for await (const fragment of response.body.pipeThrough(new TextDecoderStream())) {
    body += fragment;
    if (body.length > MAX_ANSWER_BYTES) throw new ChatwootFailure({ result: 'failed', answer: 'answer too large' });
  }
  return body;
}

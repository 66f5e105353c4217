// A Chatwoot as its documentation describes it, as far as an API inbox goes: contacts, conversations, messages, typing,
// status, private notes; and the webhooks it sends. It can be made to fail. Source: developers.chatwoot.com.
import { createHmac } from 'node:crypto';

export const INBOX = 'inbox-identifier';
export const ACCOUNT = 3;
export const API_TOKEN = 'an access token of Chatwoot';
export const HMAC_TOKEN = 'what the inbox validates identities with';

/** A message as Chatwoot keeps it. */
export interface KeptMessage {
  id: number;
  content: string | null;
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  message_type: number;
  private: boolean;
  sender: object | null;
  content_attributes?: object;
  attachments?: object[];
}

interface Conversation {
  id: number;
  sourceId: string;
  status: 'open' | 'resolved';
  customAttributes: Record<string, unknown>;
  messages: KeptMessage[];
  assignee: object | null;
  typing: string[];
}

/** What happens to the next request: an error, an error after the work was done, or an answer that never comes. */
export type Fault = { status: number; headers?: Record<string, string>; after?: boolean } | 'never';

/** A person who works there, as Chatwoot describes them in webhooks. */
export const grace: Record<string, unknown> = { id: 11, name: 'Grace', email: 'grace@desk.test', type: 'user' };
export const noor: Record<string, unknown> = { id: 12, name: 'Noor', email: 'noor@desk.test', type: 'user' };

/** The server. */
export class ChatwootServer {
  readonly contacts: Map<string, Record<string, unknown>> = new Map();
  readonly conversations: Conversation[] = [];
  /** `POST /contacts`, without what stands before it. */
  readonly requests: string[] = [];
  readonly #faults: { path: RegExp; fault: Fault }[] = [];
  #lastMessageId = 100;
  #updates = 0;
  #validatesIdentity: boolean;

  constructor({ validatesIdentity = false }: { validatesIdentity?: boolean } = {}) {
    this.#validatesIdentity = validatesIdentity;
  }

  /** Lets the next request whose `POST /path` fits go wrong. */
  fail(path: RegExp, fault: Fault): void {
    this.#faults.push({ path, fault });
  }

  get only(): Conversation {
    const [conversation, more] = this.conversations;
    if (!conversation || more) throw new Error(`there are ${this.conversations.length} conversations`);
    return conversation;
  }

  /** Answers a request. */
  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const line = `${request.method} ${pathname.replace(/^.*(?=\/contacts)|^\/api\/v1/, '')}`;
    this.requests.push(line);
    const index = this.#faults.findIndex(({ path }) => path.test(line));
    const [found] = index < 0 ? [] : this.#faults.splice(index, 1);
    if (found?.fault === 'never') return untilAborted(request.signal);
    const fault = found?.fault;
    if (fault && fault.after !== true) return new Response('{}', fault);
    const body = request.method === 'POST' ? ((await request.json()) as Record<string, unknown>) : {};
    const answer = this.#answer(request, pathname, body);
    return fault ? new Response('{}', fault) : answer;
  };

  #answer(request: Request, pathname: string, body: Record<string, unknown>): Response {
    const notes = new RegExp(`^/api/v1/accounts/${ACCOUNT}/conversations/(\\d+)/messages$`).exec(pathname);
    if (notes) return this.#notes(request, Number(notes[1]), body);
    const contacts = new RegExp(`^/public/api/v1/inboxes/${INBOX}/contacts(/.*)?$`).exec(pathname);
    if (!contacts) return problem(404);
    const [, path] = contacts;
    if (path === undefined) return this.#createContact(body);
    const [, sourceId = '', conversationId, verb] = /^\/([^/]+)\/conversations(?:\/(\d+)\/(\w+))?$/.exec(path) ?? [];
    if (!this.contacts.has(sourceId)) return problem(404);
    if (conversationId === undefined) return this.#conversationsOf(sourceId, request.method, body);
    const conversation = this.conversations.find(({ id }) => id === Number(conversationId));
    if (!conversation) return problem(404);
    return this.#inConversation(conversation, `${request.method} ${verb}`, body);
  }

  #createContact(body: Record<string, unknown>): Response {
    const identifier = typeof body['identifier'] === 'string' ? body['identifier'] : '';
    const hash = createHmac('sha256', HMAC_TOKEN).update(identifier).digest('hex');
    if (this.#validatesIdentity && body['identifier_hash'] !== hash) return problem(500);
    const sourceId = typeof body['source_id'] === 'string' ? body['source_id'] : 'made-up';
    this.contacts.set(sourceId, body);
    return json({
      id: this.contacts.size,
      source_id: sourceId,
      pubsub_token: 'p',
      name: body['name'] ?? 'calm-sun-1',
      email: null,
    });
  }

  #conversationsOf(sourceId: string, method: string, body: Record<string, unknown>): Response {
    const identifier = this.contacts.get(sourceId)?.['identifier'];
    const isTheirs = (conversation: Conversation): boolean =>
      this.contacts.get(conversation.sourceId)?.['identifier'] === identifier;
    if (method === 'GET') return json(this.conversations.filter(isTheirs).map(publicConversation));
    const made: Conversation = {
      id: this.conversations.length + 41,
      sourceId,
      status: 'open',
      customAttributes: (body['custom_attributes'] ?? {}) as Record<string, unknown>,
      messages: [],
      assignee: null,
      typing: [],
    };
    this.conversations.push(made);
    return json(publicConversation(made));
  }

  #inConversation(conversation: Conversation, verb: string, body: Record<string, unknown>): Response {
    switch (verb) {
      case 'POST messages':
        return json(
          publicMessage(
            this.#keep(conversation, {
              content: String(body['content']),
              message_type: 0,
              sender: { id: 9, type: 'contact' },
            }),
          ),
        );
      case 'GET messages':
        return json(conversation.messages.filter((message) => !message.private).map(publicMessage));
      case 'POST toggle_typing':
        conversation.typing.push(String(body['typing_status']));
        return json({});
      case 'POST toggle_status':
        conversation.status = 'resolved';
        return json({});
      default:
        return problem(404);
    }
  }

  #notes(request: Request, conversationId: number, body: Record<string, unknown>): Response {
    if (request.headers.get('api_access_token') !== API_TOKEN) return problem(401);
    const conversation = this.conversations.find(({ id }) => id === conversationId);
    if (!conversation) return problem(404);
    if (request.method === 'GET') return json({ meta: {}, payload: conversation.messages });
    const { content, private: isPrivate } = body;
    return json(
      this.#keep(conversation, {
        content: String(content),
        message_type: 1,
        private: isPrivate === true,
        sender: grace,
      }),
    );
  }

  #keep(conversation: Conversation, message: Partial<KeptMessage>): KeptMessage {
    const kept = {
      id: ++this.#lastMessageId,
      content: null,
      message_type: 1,
      private: false,
      sender: null,
      ...message,
    };
    conversation.messages.push(kept);
    return kept;
  }

  /** A person writes. Answers the webhook of it. */
  write(content: string | null, more: Partial<KeptMessage> = {}): string {
    const message = this.#keep(this.only, { content, sender: grace, ...more });
    return this.webhookOf(message);
  }

  /** The webhook that a message brings. */
  webhookOf(message: KeptMessage): string {
    const { message_type: type, ...facts } = message;
    const kind = ['incoming', 'outgoing', 'activity', 'template'][type];
    return JSON.stringify({
      event: 'message_created',
      ...facts,
      message_type: kind,
      content_type: 'text',
      created_at: '2026-01-01T00:00:00.000Z',
      account: { id: ACCOUNT, name: 'Shop' },
      inbox: { id: 5, name: 'Parley' },
      conversation: this.#pushed(),
    });
  }

  assign(assignee: Record<string, unknown> | null): string {
    this.only.assignee = assignee;
    const changed = [{ assignee_id: { previous_value: null, current_value: assignee?.['id'] ?? null } }];
    return JSON.stringify({ event: 'conversation_updated', ...this.#pushed(), changed_attributes: changed });
  }

  resolve(): string {
    this.only.status = 'resolved';
    return JSON.stringify({ event: 'conversation_status_changed', ...this.#pushed() });
  }

  type(on: boolean, more: object = {}): string {
    const event = on ? 'conversation_typing_on' : 'conversation_typing_off';
    return JSON.stringify({ event, user: grace, is_private: false, conversation: this.#pushed(), ...more });
  }

  /** A conversation as webhooks have it. */
  #pushed(): object {
    const { id, sourceId, status, customAttributes, assignee, messages } = this.only;
    return {
      id,
      inbox_id: 5,
      status,
      channel: 'Channel::Api',
      can_reply: true,
      additional_attributes: {},
      custom_attributes: customAttributes,
      contact_inbox: { id: 1, contact_id: 1, inbox_id: 5, source_id: sourceId, hmac_verified: false },
      messages: messages.slice(-1),
      meta: { sender: { id: 9, name: 'Jo', type: 'contact' }, assignee, hmac_verified: false },
      updated_at: 1_767_225_600 + ++this.#updates / 10,
    };
  }
}

function publicConversation({ id, status, messages }: Conversation): object {
  return { id, uuid: `u-${id}`, inbox_id: 5, status, messages: messages.map(publicMessage), contact: {} };
}

function publicMessage(message: KeptMessage): object {
  return { ...message, private: undefined, content_type: 'text', created_at: 1_767_225_600, conversation_id: 41 };
}

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
}

function problem(status: number): Response {
  return new Response(JSON.stringify({ error: 'not here' }), { status });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });
}

// The JSON of Chatwoot that Parley reads: answers of its API, and its webhooks. What isn't needed isn't looked at.
// Source: developers.chatwoot.com, "Client APIs" and "Webhook events".
import { z } from 'zod';

type Maybe<Value> = Value | null | undefined;

/** Whoever acts: `user` is a person, besides there are `contact` and `agent_bot`. */
export interface ChatwootActor {
  id: number;
  type?: Maybe<string>;
  name?: Maybe<string>;
  available_name?: Maybe<string>;
  avatar_url?: Maybe<string>;
  thumbnail?: Maybe<string>;
}

/** A file of a message. `file_type` is `image`, `audio`, `video`, `file` … */
export interface ChatwootAttachment {
  file_type?: Maybe<string>;
  data_url?: Maybe<string>;
  fallback_title?: Maybe<string>;
}

/** A message. `message_type`: `incoming` is the user's, `outgoing` a person's or a bot's. */
export interface ChatwootMessage {
  id: number;
  content?: Maybe<string>;
  message_type: string;
  private?: Maybe<boolean>;
  /** `items` are the choices of an `input_select`. */
  content_attributes?: Maybe<{ items?: Maybe<{ title: string }[]> }>;
  attachments?: Maybe<ChatwootAttachment[]>;
  sender?: Maybe<ChatwootActor>;
}

/** A conversation, as webhooks have it. */
export interface ChatwootConversation {
  id: number;
  status?: Maybe<string>;
  custom_attributes?: Maybe<{ parley_case?: Maybe<string> }>;
  contact_inbox?: Maybe<{ source_id?: Maybe<string> }>;
  meta?: Maybe<{ assignee?: Maybe<ChatwootActor> }>;
  updated_at?: Maybe<number | string>;
}

/** What Chatwoot tells, as far as it matters. */
export type ChatwootWebhook =
  | ({ event: 'message_created'; conversation: ChatwootConversation } & ChatwootMessage)
  | ({ event: 'conversation_status_changed' } & ChatwootConversation)
  | ({ event: 'conversation_updated' } & ChatwootConversation)
  | ChatwootTyping;

/** Somebody types, or no longer. */
export interface ChatwootTyping {
  event: 'conversation_typing_on' | 'conversation_typing_off';
  user: ChatwootActor;
  /** They write a note, not a message. */
  is_private?: Maybe<boolean>;
  conversation: ChatwootConversation;
}

const id = z.int();
const text = z.string().nullish();

const actor = z.object({ id, type: text, name: text, available_name: text, avatar_url: text, thumbnail: text });

/** The words for the numbers that the API has for them. */
const messageTypes = ['incoming', 'outgoing', 'activity', 'template'];

const message = z.object({
  id,
  content: text,
  message_type: z.union([z.string(), z.int().transform((type) => messageTypes[type] ?? '')]),
  private: z.boolean().nullish(),
  content_attributes: z
    .object({ items: z.array(z.object({ title: z.string() })).nullish() })
    .nullish()
    .catch(null),
  attachments: z.array(z.object({ file_type: text, data_url: text, fallback_title: text })).nullish(),
  sender: actor.nullish().catch(null),
});

const conversation = z.object({
  id,
  status: text,
  custom_attributes: z.object({ parley_case: text }).nullish(),
  contact_inbox: z.object({ source_id: text }).nullish(),
  meta: z.object({ assignee: actor.nullish().catch(null) }).nullish(),
  updated_at: z.union([z.number(), z.string()]).nullish(),
});

const typing = { user: actor, is_private: z.boolean().nullish(), conversation };

const webhooks = {
  message_created: z.object({ event: z.literal('message_created'), ...message.shape, conversation }),
  conversation_status_changed: z.object({ event: z.literal('conversation_status_changed'), ...conversation.shape }),
  conversation_updated: z.object({ event: z.literal('conversation_updated'), ...conversation.shape }),
  conversation_typing_on: z.object({ event: z.literal('conversation_typing_on'), ...typing }),
  conversation_typing_off: z.object({ event: z.literal('conversation_typing_off'), ...typing }),
};

/** Reads a webhook: `other` is one that doesn't matter, undefined none at all. Never throws. */
export function readChatwootWebhook(body: string): ChatwootWebhook | 'other' | undefined {
  const json = readJson(body);
  const { data: named } = z.object({ event: z.string() }).safeParse(json);
  if (!named) return undefined;
  const [, schema] = Object.entries(webhooks).find(([event]) => event === named.event) ?? [];
  return schema ? schema.safeParse(json).data : 'other';
}

/** The case a conversation was opened for. */
export function caseIdOf({ custom_attributes, contact_inbox }: ChatwootConversation): string | undefined {
  return custom_attributes?.parley_case ?? contact_inbox?.source_id ?? undefined;
}

/** Reads what the API answers to a new contact: under which id the inbox knows it. Undefined when it isn't that. */
export function readContact(body: string): { source_id: string } | undefined {
  return z.object({ source_id: z.string() }).safeParse(readJson(body)).data;
}

/** Reads something of which only the id matters. */
export function readNumbered(body: string): { id: number } | undefined {
  return z.object({ id }).safeParse(readJson(body)).data;
}

/** Reads a list of such things. */
export function readAllNumbered(body: string): { id: number }[] | undefined {
  return z.array(z.object({ id })).safeParse(readJson(body)).data;
}

/** Reads the messages of a conversation, as the public API lists them, or as the application API does. */
export function readMessages(body: string): ChatwootMessage[] | undefined {
  const listed = z.union([z.array(message), z.object({ payload: z.array(message) })]).safeParse(readJson(body)).data;
  return listed && ('payload' in listed ? listed.payload : listed);
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

// `handoff` and `agents.<id>.handoff`: where people go when the agent can't help.
import { z } from 'zod';
import { openingHours, timezone, type OpenPeriodConfig } from './opening-hours.ts';
import { duration, httpUrl, id, nameByKey, text, token, whole } from './value-schemas.ts';

/** How an agent hands off. Away from Parley's own desk, `queue` is a key of `handoff.queues` or a name of its own. */
export type AgentHandoffConfig =
  /** A human at Parley's desk joins the session. */
  | { kind: 'desk'; queue: string }
  /** The client takes the conversation elsewhere; `route` tells it where. */
  | { kind: 'client'; queue?: string | undefined; route?: string | undefined }
  /** A desk somewhere else, reached by signed requests. */
  | ({ kind: 'webhook'; url: string; secret: string } & OtherDeskConfig)
  /** An inbox of Chatwoot. */
  | ({ kind: 'chatwoot' } & ChatwootConfig & OtherDeskConfig)
  | { kind: 'none' };

/** What every desk somewhere else has. */
interface OtherDeskConfig {
  queue?: string | undefined;
  /** How long one try to tell it something may take. */
  timeoutMs: number;
  /** How often it is tried. */
  maxTries: number;
}

interface ChatwootConfig {
  baseUrl: string;
  inboxIdentifier: string;
  /** The secret part of the address that Chatwoot's webhooks are sent to. */
  webhookToken: string;
  /** With which Chatwoot signs its webhooks; without it they aren't checked for that. */
  webhookSecret?: string | undefined;
  /** Of an inbox that enforces identity validation. */
  hmacToken?: string | undefined;
  /** Both or none: the transcript becomes a private note instead of the first message. */
  accountId?: number | undefined;
  apiAccessToken?: string | undefined;
}

const otherDesk = { queue: text.optional(), timeoutMs: duration.default(10_000), maxTries: whole(1, 100).default(10) };

export const agentHandoffSchema: z.ZodType<AgentHandoffConfig> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('desk'), queue: text }),
  z.strictObject({ kind: z.literal('client'), queue: text.optional(), route: text.optional() }),
  z.strictObject({ kind: z.literal('webhook'), url: httpUrl, secret: text, ...otherDesk }),
  z.strictObject({
    kind: z.literal('chatwoot'),
    baseUrl: httpUrl.transform((url) => url.replace(/\/+$/, '')),
    inboxIdentifier: text,
    webhookToken: token.refine((value) => value.length >= 16, 'must have 16 characters or more'),
    webhookSecret: text.optional(),
    hmacToken: text.optional(),
    accountId: whole(1).optional(),
    apiAccessToken: text.optional(),
    ...otherDesk,
  }),
  z.strictObject({ kind: z.literal('none') }),
]);

export interface QueueConfig {
  /** As people read it. Default: the queue's key. */
  name: string;
  /** How long somebody waits before the hand-off is given up. */
  timeoutSeconds: number;
  /** What follows when the human leaves: the session ends, or the agent goes on. */
  afterHuman: 'end' | 'agent';
  /** What follows when nobody came in time: the session ends, or the agent takes the next message. */
  afterTimeout: 'end' | 'agent';
  /** The same when the desk can't help or is gone, closed queues included. */
  afterFailure: 'end' | 'agent';
  /** What follows when a waiting user writes a cancel word: the session ends, or the agent goes on. */
  afterCancel: 'end' | 'agent';
  /** What follows when a human vanishes from the desk; `queue`: the user waits again, at its head. */
  afterVanish: 'queue' | 'end' | 'agent';
  /** When the queue takes people in; null: always. */
  hours: OpenPeriodConfig[] | null;
  /** Of the hours. */
  timezone: string;
  /** Chats one person may have at once, unless the person has a capacity of their own. */
  capacity: number;
  /** Queues with more go first when a person asks for whoever is next. */
  priority: number;
  /** What a waiting user writes (whole message, any case) who doesn't want to wait any more. */
  cancelWords: string[];
  /** What a user is told whose human is gone and who waits again, at the head of the queue. */
  requeuedMessage: string;
  /** What a caller is told in place of waiting, such as whom to call instead; the call ends then. Null: they wait. */
  announce: string | null;
}

/** A text that people at the desk needn't type. */
interface CannedReplyConfig {
  title: string;
  text: string;
  /** Keys of queues it is for; null: all of them. */
  queueIds: string[] | null;
}

export interface HandoffConfig {
  queues: Record<string, QueueConfig>;
  cannedReplies: CannedReplyConfig[];
}

const afterwards = z.enum(['end', 'agent']);

const queue = z.strictObject({
  name: text.optional(),
  timeoutSeconds: duration.default(300),
  afterHuman: afterwards.default('end'),
  afterTimeout: afterwards.default('agent'),
  afterFailure: afterwards.default('agent'),
  afterCancel: afterwards.default('agent'),
  afterVanish: z.enum(['queue', 'end', 'agent']).default('queue'),
  hours: openingHours.nullable().default(null),
  timezone: timezone.default('UTC'),
  capacity: whole(1).default(3),
  priority: whole(-1000, 1000).default(0),
  cancelWords: z.array(text).default([]),
  requeuedMessage: text.default('Your conversation partner had to leave. Please wait for somebody else.'),
  announce: text.nullable().default(null),
});

const cannedReply = z
  .strictObject({ title: text, text, queues: z.array(id).optional() })
  .transform(({ queues, ...reply }) => ({ ...reply, queueIds: queues ?? null }));

/** A queue that the configuration doesn't have: agents may name one of their own. */
export function defaultQueue(name: string): QueueConfig {
  return { ...queue.parse({}), name };
}

export const handoffSchema: z.ZodType<HandoffConfig> = z.strictObject({
  queues: z.record(id, queue).transform(nameByKey).default({}),
  cannedReplies: z.array(cannedReply).default([]),
});

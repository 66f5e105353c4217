// `handoff` and `agents.<id>.handoff`: where people go when the agent can't help.
import { z } from 'zod';
import { duration, httpUrl, id, nameByKey, text } from './value-schemas.ts';

/** How an agent hands off. Away from Parley's own desk, `queue` is a key of `handoff.queues` or a name of its own. */
export type AgentHandoffConfig =
  /** A human at Parley's desk joins the session. */
  | { kind: 'desk'; queue: string }
  /** The client takes the conversation elsewhere; `route` tells it where. */
  | { kind: 'client'; queue?: string | undefined; route?: string | undefined }
  /** A desk somewhere else, reached by signed requests. */
  | { kind: 'webhook'; url: string; secret: string; queue?: string | undefined; timeoutMs?: number | undefined }
  | { kind: 'none' };

export const agentHandoffSchema: z.ZodType<AgentHandoffConfig> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('desk'), queue: text }),
  z.strictObject({ kind: z.literal('client'), queue: text.optional(), route: text.optional() }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: httpUrl,
    secret: text,
    queue: text.optional(),
    timeoutMs: duration.optional(),
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
}

export interface HandoffConfig {
  queues: Record<string, QueueConfig>;
}

const queue = z.strictObject({
  name: text.optional(),
  timeoutSeconds: duration.default(300),
  afterHuman: z.enum(['end', 'agent']).default('end'),
});

export const handoffSchema: z.ZodType<HandoffConfig> = z.strictObject({
  queues: z.record(id, queue).transform(nameByKey).default({}),
});

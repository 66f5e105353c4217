// What Parley tells a desk of somebody else's: the bodies of its signed requests. Times are milliseconds since the epoch.
import { z } from 'zod';
import { parseJsonObject } from '../json-object.ts';
import { attachmentSchema, handoffReasonSchema, opaqueObjectSchema, typingStateSchema } from '../shared-objects.ts';
import { typedObjects } from '../typed-objects.ts';

const timeMs = z.number().describe('Milliseconds since the epoch.');
const optionalText = z.string().nullable().default(null);

const ofDelivery = {
  id: z.string().describe('Of this delivery, however often it is tried; the `Idempotency-Key` of the request.'),
  caseId: z.string().describe('The hand-off. Events for it are posted to `/api/v1/handoff/{case_id}/events`.'),
  number: z.int().positive().describe('Place among the deliveries of the case. They come one after the other.'),
  atMs: timeMs,
};

/** Something that was said. */
export const bridgeLineSchema = z.object({
  messageId: z.string(),
  speaker: z.enum(['user', 'agent', 'human']),
  text: z.string(),
  attachments: z.array(attachmentSchema),
  atMs: timeMs,
});
export type BridgeLine = z.output<typeof bridgeLineSchema>;

/** What a desk may know of the conversation and of the user. */
export const bridgeSessionSchema = z.object({
  id: z.string().describe('The conversation. It may have several hand-offs, one after the other.'),
  account: z.string(),
  project: z.string(),
  platform: z.string(),
  deviceType: optionalText,
  language: optionalText.describe('BCP-47; null while it was never switched.'),
  userName: optionalText.describe('As the integrator tells; null when they do not.'),
  connected: z.boolean().describe('Whether a client of the user is connected, or a call goes on.'),
});
export type BridgeSession = z.output<typeof bridgeSessionSchema>;

export const requestedDeliverySchema = z
  .object({
    type: z.literal('requested'),
    ...ofDelivery,
    queue: z.string().describe('Where the user waits, as people read it.'),
    reason: handoffReasonSchema.describe('Why the agent asks for a person.'),
    data: opaqueObjectSchema.describe('What the agent gives to whoever takes over.'),
    session: bridgeSessionSchema,
    transcript: z.array(bridgeLineSchema).describe('What was said so far, oldest first.'),
  })
  .describe('Somebody asks for a person. A status of 4xx refuses them.');

export const userMessageDeliverySchema = z
  .object({ type: z.literal('user_message'), ...ofDelivery, line: bridgeLineSchema })
  .describe('The user wrote something.');

export const userLeftDeliverySchema = z
  .object({ type: z.literal('user_left'), ...ofDelivery })
  .describe('The last client of the user is gone. They may come back.');

export const userBackDeliverySchema = z
  .object({ type: z.literal('user_back'), ...ofDelivery })
  .describe('The user is there again.');

export const endedDeliverySchema = z
  .object({
    type: z.literal('ended'),
    ...ofDelivery,
    reason: z
      .enum(['ended', 'returned', 'timed_out', 'failed'])
      .describe('The conversation is over; it is the agent’s again; nobody came in time; the desk could not help.'),
  })
  .describe('The hand-off is over, whoever ended it. Its case takes no more events.');

/** Everything that is delivered in order, and tried again. */
export const bridgeDeliverySchemas = [
  requestedDeliverySchema,
  userMessageDeliverySchema,
  userLeftDeliverySchema,
  userBackDeliverySchema,
  endedDeliverySchema,
] as const;
export type BridgeDelivery = z.output<(typeof bridgeDeliverySchemas)[number]>;
export type BridgeDeliveryType = BridgeDelivery['type'];

/** Sent once, and kept nowhere. */
export const userTypingSchema = z
  .object({
    type: z.literal('user_typing'),
    id: z.string(),
    caseId: z.string(),
    atMs: timeMs,
    state: typingStateSchema,
  })
  .describe('The user types, or no longer. Told once: it is not tried again and not logged.');
export type BridgeTyping = z.output<typeof userTypingSchema>;

const deliveries = typedObjects<BridgeDelivery>(bridgeDeliverySchemas);
const typings = typedObjects<BridgeTyping>([userTypingSchema]);

/** Reads a delivery; undefined when it is none. Never throws. */
export function decodeBridgeDelivery(text: string): BridgeDelivery | undefined {
  const object = parseJsonObject(text);
  return object && deliveries.read(object);
}

export function encodeBridgeDelivery(delivery: BridgeDelivery): string {
  return deliveries.write(delivery);
}

export function encodeBridgeTyping(typing: BridgeTyping): string {
  return typings.write(typing);
}

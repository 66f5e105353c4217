// What a desk of somebody else's tells Parley: the bodies of the requests it signs.
import { z } from 'zod';
import { MAX_DESK_EXTRAS, MAX_DESK_TEXT } from '../desk/desk-commands.ts';
import { jsonBody } from '../json-body.ts';
import { parseJsonObject } from '../json-object.ts';
import { attachmentSchema, suggestionSchema, typingStateSchema } from '../shared-objects.ts';
import { typedObjects } from '../typed-objects.ts';

const shortText = z.string().min(1).max(200);
const told = z.string().min(1).max(1000);

const ofEvent = {
  id: shortText.describe('Yours to choose. The same again is the same event, however often it is sent.'),
  caseId: z.string().min(1).describe('The hand-off, as in the path.'),
};

/** A person who answers. */
export const bridgeAgentSchema = z.object({
  id: shortText,
  name: shortText,
  avatarUrl: z.url({ protocol: /^https?$/ }).optional(),
});
export type BridgeAgent = z.output<typeof bridgeAgentSchema>;

const by = bridgeAgentSchema.optional().describe('Who, when it is not whoever joined last.');

export const acceptedEventSchema = z
  .object({ type: z.literal('accepted'), ...ofEvent, queueName: shortText.optional() })
  .describe('The desk takes the hand-off; the user waits for a person.');

export const queueEventSchema = z
  .object({
    type: z.literal('queue'),
    ...ofEvent,
    queueName: shortText.optional(),
    positionInQueue: z.int().nonnegative().optional().describe('1 is next.'),
    estimatedWaitSeconds: z.int().nonnegative().optional(),
    displayMessage: told.optional().describe('Shown as it is.'),
  })
  .describe('Where the user stands in the queue. Told on change, and at most every 10 s.');

export const joinedEventSchema = z
  .object({ type: z.literal('joined'), ...ofEvent, agent: bridgeAgentSchema })
  .describe('A person has the conversation from now on; after another person: a transfer.');

export const typingEventSchema = z
  .object({ type: z.literal('typing'), ...ofEvent, state: typingStateSchema, agent: by })
  .describe('The person types, or no longer. Say it again every few seconds: it stops by itself after 10 s.');

export const messageEventSchema = z
  .object({
    type: z.literal('message'),
    ...ofEvent,
    text: z.string().max(MAX_DESK_TEXT).default(''),
    attachments: z.array(attachmentSchema).max(MAX_DESK_EXTRAS).default([]),
    suggestions: z.array(suggestionSchema).max(MAX_DESK_EXTRAS).default([]),
    agent: by,
  })
  .describe('The person writes to the user. Answered when it is durable.');

export const leftEventSchema = z
  .object({ type: z.literal('left'), ...ofEvent, reason: told.optional() })
  .describe('The person is done. What follows, the queue decides (`afterHuman`).');

export const returnedEventSchema = z
  .object({ type: z.literal('returned'), ...ofEvent })
  .describe('The conversation is the agent’s again.');

export const endedEventSchema = z
  .object({ type: z.literal('ended'), ...ofEvent, reason: told.optional() })
  .describe('The person is done, and the conversation with it.');

export const failedEventSchema = z
  .object({ type: z.literal('failed'), ...ofEvent, reason: told.optional() })
  .describe('The desk cannot help. What follows, the queue decides (`afterFailure`).');

/** Everything a desk may tell. */
export const bridgeEventSchemas = [
  acceptedEventSchema,
  queueEventSchema,
  joinedEventSchema,
  typingEventSchema,
  messageEventSchema,
  leftEventSchema,
  returnedEventSchema,
  endedEventSchema,
  failedEventSchema,
] as const;
export const bridgeEventSchema = z.discriminatedUnion('type', bridgeEventSchemas);
export type BridgeEvent = z.output<typeof bridgeEventSchema>;

const events = typedObjects<BridgeEvent>(bridgeEventSchemas);

/** Reads an event; undefined when it is none. Never throws. */
export function decodeBridgeEvent(text: string): BridgeEvent | undefined {
  const object = parseJsonObject(text);
  return object && events.read(object);
}

export function encodeBridgeEvent(event: BridgeEvent): string {
  return events.write(event);
}

/** An event was taken. */
export const bridgeAnswerSchema = z.object({
  id: z.string().describe('The event.'),
  applied: z.boolean().describe('False when it changed nothing: it was too late, or known already.'),
});
export type BridgeAnswer = z.output<typeof bridgeAnswerSchema>;
export const { decode: decodeBridgeAnswer, encode: encodeBridgeAnswer } = jsonBody(bridgeAnswerSchema);

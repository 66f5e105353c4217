// The frames of the messaging socket as JSON Schemas, one per event and direction.
import type { z } from 'zod';
import { clientEventSchema } from '../client-events.ts';
import { journaledEventSchema, transientEventSchema } from '../server-events.ts';
import { wireType } from '../wire-names.ts';
import { wireJsonSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

type EventSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

const metadata: JsonSchema = {
  type: 'object',
  description: 'Correlation data of the client, echoed as it came; 4 KiB at most.',
  properties: { custom: { type: 'object' } },
};

/** The frames a client may send, by the inside names of their types. */
export function clientFrameSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(clientEventSchema.options.map((schema) => [schema.shape.type.value, clientFrame(schema)]));
}

/** The frames a server sends, by the inside names of their types; the batch is apart. */
export function serverFrameSchemas(): Record<string, JsonSchema> {
  const journaled = new Map(journaledEventSchema.options.map((schema) => [schema.shape.type.value as string, schema]));
  const transient = new Map(transientEventSchema.options.map((schema) => [schema.shape.type.value as string, schema]));
  const all: ReadonlyMap<string, EventSchema> = new Map<string, EventSchema>([...journaled, ...transient]);
  return Object.fromEntries(
    [...all].map(([type, schema]) => [type, serverFrame(schema, sequence(journaled.has(type), transient.has(type)))]),
  );
}

/** The frame that holds other frames; `refs` point to the schemas of those it may hold. */
export function batchFrameSchema(refs: readonly string[]): JsonSchema {
  const events: JsonSchema = { type: 'array', items: { oneOf: refs.map(($ref) => ({ $ref })) } };
  return {
    ...envelope('event-batch', sequence(false, true), { type: 'object', properties: { events }, required: ['events'] }),
    description: 'Events of the past, ascending by sequence. Always the first frame of a connection.',
  };
}

function clientFrame(schema: EventSchema): JsonSchema {
  const payload = payloadOf(schema);
  return {
    type: 'object',
    ...description(schema),
    properties: { type: { const: wireType(schema.shape.type.value) }, payload, metadata },
    required: payload.required?.length ? ['type', 'payload'] : ['type'],
  };
}

function serverFrame(schema: EventSchema, sequenceSchema: JsonSchema): JsonSchema {
  return { ...envelope(schema.shape.type.value, sequenceSchema, payloadOf(schema)), ...description(schema) };
}

function envelope(type: string, sequenceSchema: JsonSchema, payload: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Unique, and the same in every replay.' },
      sequence: sequenceSchema,
      timestamp: { type: 'string', format: 'date-time' },
      type: { const: wireType(type) },
      payload,
      metadata,
    },
    required: ['id', 'sequence', 'timestamp', 'type', 'payload'],
  };
}

function sequence(isJournaled: boolean, isTransient: boolean): JsonSchema {
  const kept: JsonSchema = { type: 'integer', minimum: 1, description: 'Place in the journal, from 1 without a hole.' };
  const unkept: JsonSchema = { type: 'null', description: 'Sent once, never replayed.' };
  if (isJournaled && isTransient) return { oneOf: [kept, unkept] };
  return isJournaled ? kept : unkept;
}

function payloadOf(schema: EventSchema): JsonSchema {
  const { description: _, ...payload } = wireJsonSchema(schema.omit({ type: true }));
  return payload;
}

function description(schema: EventSchema): JsonSchema {
  return schema.description === undefined ? {} : { description: schema.description };
}

// The messages of signaling as JSON Schemas, one per type and direction.
import type { z } from 'zod';
import {
  clientCandidateSchema,
  clientCloseSchema,
  offerSchema,
  pingSchema,
  serverSignalSchema,
} from '../signaling-messages.ts';
import { plainJsonSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

type SignalSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

/** The messages a client may send, by type. */
export function clientSignalSchemas(): Record<string, JsonSchema> {
  return byType([offerSchema, clientCandidateSchema, clientCloseSchema, pingSchema]);
}

/** The messages a server sends, by type. */
export function serverSignalSchemas(): Record<string, JsonSchema> {
  return byType(serverSignalSchema.options);
}

function byType(schemas: readonly SignalSchema[]): Record<string, JsonSchema> {
  return Object.fromEntries(schemas.map((schema) => [schema.shape.type.value, plainJsonSchema(schema)]));
}

// The frames of the desk's feed as JSON Schemas, one per type and direction, and the bodies of its commands over REST.
import type { z } from 'zod';
import { deskCommandSchemas } from '../desk/desk-commands.ts';
import { deskClientFrameSchemas, deskServerFrameSchemas } from '../desk/desk-frames.ts';
import { wireJsonSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

type FrameSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

/** What stands in the path, or is of the feed alone. */
const notInBody = new Set(['type', 'command_id', 'session_id']);

/** The frames a client may send, by type. */
export function deskClientSchemas(): Record<string, JsonSchema> {
  return byType(deskClientFrameSchemas);
}

/** The frames a server sends, by type. */
export function deskServerSchemas(): Record<string, JsonSchema> {
  return byType(deskServerFrameSchemas);
}

/** The bodies of commands over REST, by the commands' types; those without a body are left out. */
export function deskCommandBodySchemas(): Record<string, JsonSchema> {
  const bodies = Object.entries(byType(deskCommandSchemas)).map(
    ([type, schema]) => [type, withoutPath(schema)] as const,
  );
  return Object.fromEntries(bodies.filter(([, { properties }]) => Object.keys(properties ?? {}).length > 0));
}

/** What is left of a command, as JSON, when its path has said the rest. */
export function bodyOfCommand(frame: object): object {
  return Object.fromEntries(Object.entries(frame).filter(([name]) => !notInBody.has(name)));
}

function byType(schemas: readonly FrameSchema[]): Record<string, JsonSchema> {
  return Object.fromEntries(schemas.map((schema) => [schema.shape.type.value, wireJsonSchema(schema)]));
}

function withoutPath({ properties = {}, required = [], ...rest }: JsonSchema): JsonSchema {
  return {
    ...rest,
    properties: bodyOfCommand(properties) as NonNullable<JsonSchema['properties']>,
    required: required.filter((name) => !notInBody.has(name)),
  };
}

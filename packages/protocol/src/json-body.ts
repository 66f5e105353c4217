// JSON bodies of HTTP, to and from text by their schemas.
import type { z } from 'zod';
import { parseJsonObject } from './json-object.ts';
import { membersOf, readMembers, writeMembers } from './wire-members.ts';

/** A body that can be read and written. */
export interface JsonBody<Schema extends z.ZodObject> {
  /**
   * Reads a body; never throws. An empty or absent one is an empty object, a member that is null counts as
   * absent, and members that the schema doesn't declare are dropped.
   */
  decode: (text: string | undefined) => z.output<Schema> | 'invalid';
  encode: (value: z.input<Schema>) => string;
}

/** The body that `schema` describes in Parley's spelling. */
export function jsonBody<Schema extends z.ZodObject>(schema: Schema): JsonBody<Schema> {
  const members = membersOf(schema);
  return {
    decode(text) {
      const body = text === undefined || text.trim() === '' ? {} : parseJsonObject(text);
      const result = body && schema.safeParse(readMembers(members, body));
      return result?.success ? result.data : 'invalid';
    },
    encode: (value) => JSON.stringify(writeMembers(members, value)),
  };
}

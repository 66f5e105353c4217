// JSON Schemas of the wire, made from the zod schemas: members carry the wire's names.
import { z } from 'zod';
import { wireMember } from '../wire-names.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of what a schema's values look like on the wire. */
export function wireJsonSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, (name) => wireMember(name));
}

/** The JSON Schema of a body whose members are spelled alike inside and on the wire. */
export function plainJsonSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, (name) => name);
}

function jsonSchema(schema: z.ZodType, spell: (name: string) => string): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    // What is sent; what is read has defaults and leniency in it.
    io: 'input',
    override: ({ jsonSchema: made }) => {
      if (made.properties) {
        made.properties = Object.fromEntries(
          Object.entries(made.properties).map(([name, member]) => [spell(name), member]),
        );
      }
      if (made.required) made.required = made.required.map(spell);
      // zod's bounds of safe integers say nothing about the protocol.
      if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum;
      if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum;
    },
  });
  return described;
}

// Random values of a schema, for properties that must hold of every event and body.
import fc from 'fast-check';
import { z } from 'zod';

/** Any text that JSON can carry, lone surrogates and `__proto__` included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('__proto__', 'constructor', '', '\u0000', '"\\', '\ud800', '\u{1f469}\u200d\u{1f680}', '</script>'),
);

/** An object as integrators and clients send it: any members, any spelling. */
export const anyObject: fc.Arbitrary<Record<string, unknown>> = fc
  .dictionary(anyText, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
  // Two forms that JSON has not: what isn't parsed again as it was written, and a member zod's records refuse.
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>)
  .filter((value) => !Object.hasOwn(value, '__proto__'));

/** Values that `schema` accepts and gives back as they are. Knows the kinds of schema the wire is made of. */
export function valueOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objectOf(schema);
  if (schema instanceof z.ZodOptional) return valueOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return fc.array(valueOf(schema.element), { maxLength: 3 });
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return fc.integer({ min: 1 });
  if (schema instanceof z.ZodRecord) return anyObject;
  if (schema instanceof z.ZodString) return anyText.filter((text) => schema.safeParse(text).success);
  throw new Error(`no values known for ${schema._zod.def.type}`);
}

function objectOf(schema: z.ZodObject): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.shape);
  const required = members.filter(([, member]) => !(member instanceof z.ZodOptional)).map(([name]) => name);
  const values = Object.fromEntries(members.map(([name, member]) => [name, valueOf(member)]));
  return fc.record(values, { requiredKeys: required, noNullPrototype: true });
}

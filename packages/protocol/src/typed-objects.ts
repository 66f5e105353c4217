// JSON objects that are told apart by their `type`, to and from the wire's spelling.
import type { z } from 'zod';
import { membersOf, readMembers, writeMembers } from './wire-members.ts';
import type { Members } from './wire-members.ts';

/** A schema whose objects say in `type` which one they follow. */
export type TypedSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

/** Objects that one of several schemas describes. */
export interface TypedObjects<Value> {
  /** Undefined when the type isn't known, or the object isn't as its schema says. */
  read(object: Record<string, unknown>): Value | undefined;
  write(value: Value): string;
}

/** Objects that `schemas` describe. */
export function typedObjects<Value extends { type: string }>(schemas: readonly TypedSchema[]): TypedObjects<Value> {
  const forms = new Map<unknown, { schema: TypedSchema; members: Members }>();
  for (const schema of schemas) forms.set(schema.shape.type.value, { schema, members: membersOf(schema) });
  return {
    read(object) {
      const form = forms.get(object['type']);
      return form?.schema.safeParse(readMembers(form.members, object)).data as Value | undefined;
    },
    write(value) {
      const form = forms.get(value.type);
      if (!form) throw new Error(`there is no ${value.type}`);
      return JSON.stringify(writeMembers(form.members, value));
    },
  };
}

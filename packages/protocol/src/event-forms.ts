// How events travel: the type apart, the rest as a payload. Compiled from the schemas once.
import type { z } from 'zod';
import { asJsonObject } from './json-object.ts';
import { membersOf, readMembers, writeMembers } from './wire-members.ts';
import { wireType } from './wire-names.ts';

/** How the events of one type travel. */
interface EventForm<Event> {
  /** `EVENT_TYPE_USER_MESSAGE` */
  wireType: string;
  toPayload(event: Event): Record<string, unknown>;
  /** Undefined when the payload isn't one of this type. Unknown members are dropped. */
  fromPayload(payload: unknown): Event | undefined;
}

/** The forms of several events. */
export interface EventForms<Event extends { type: string }> {
  of(event: Event): EventForm<Event>;
  /** The form of a type as the wire spells it, if there is one. */
  named(type: unknown): EventForm<Event> | undefined;
}

type EventSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

/** Forms of the events that `schemas` describe. Of two schemas with the same type either will do. */
export function eventForms<Event extends { type: string }>(schemas: readonly EventSchema[]): EventForms<Event> {
  const byType = new Map<string, EventForm<Event>>();
  const byWireType = new Map<unknown, EventForm<Event>>();
  for (const schema of schemas) {
    const form = eventForm<Event>(schema);
    byType.set(schema.shape.type.value, form);
    byWireType.set(form.wireType, form);
  }
  return {
    of(event) {
      const form = byType.get(event.type);
      if (!form) throw new Error(`no event of type ${event.type}`);
      return form;
    },
    named: (type) => byWireType.get(type),
  };
}

function eventForm<Event>(schema: EventSchema): EventForm<Event> {
  const type = schema.shape.type.value;
  const members = membersOf(schema).filter((member) => member.name !== 'type');
  return {
    wireType: wireType(type),
    toPayload: (event) => writeMembers(members, event as object),
    fromPayload(payload) {
      const body = asJsonObject(payload);
      if (!body) return undefined;
      const values = readMembers(members, body);
      values['type'] = type;
      const result = schema.safeParse(values);
      return result.success ? (result.data as Event) : undefined;
    },
  };
}

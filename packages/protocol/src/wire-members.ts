// Renames members to and from the wire, led by the schema: what a schema declares is renamed, at any depth,
// and nothing else is looked at. So opaque objects keep their own spelling, and hostile depths cost nothing.
import { z } from 'zod';
import { asJsonObject } from './json-object.ts';
import { wireMember } from './wire-names.ts';

/** The declared members of an object, as {@link writeMembers} and {@link readMembers} want them. */
export type Members = readonly Member[];

interface Member {
  name: string;
  wireName: string;
  /** How the member's value is renamed in turn; undefined when there is nothing to rename in it. */
  value: Spelling | undefined;
}

interface Spelling {
  write: (value: unknown) => unknown;
  read: (value: unknown) => unknown;
}

/** Works out the members of a schema once, so that renaming needs no schema any more. */
export function membersOf(schema: z.ZodObject): Members {
  return Object.entries(schema.shape).map(([name, value]) => ({
    name,
    wireName: wireMember(name),
    value: spellingOf(value),
  }));
}

/** The declared members of a value in the wire's spelling, in the schema's order; undefined ones are left out. */
export function writeMembers(members: Members, value: object): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const member of members) {
    const inner = (value as Record<string, unknown>)[member.name];
    if (inner !== undefined) written[member.wireName] = member.value ? member.value.write(inner) : inner;
  }
  return written;
}

/** The declared members of a wire object in Parley's spelling, unchecked; null counts as absent. */
export function readMembers(members: Members, wire: object): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const member of members) {
    const inner = (wire as Record<string, unknown>)[member.wireName];
    if (inner !== undefined && inner !== null) read[member.name] = member.value ? member.value.read(inner) : inner;
  }
  return read;
}

function spellingOf(schema: z.core.$ZodType): Spelling | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return spellingOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return ofElements(spellingOf(schema.element));
  if (schema instanceof z.ZodObject) return ofMembers(membersOf(schema));
  return undefined;
}

function ofElements(element: Spelling | undefined): Spelling | undefined {
  return (
    element && {
      write: (value) => (Array.isArray(value) ? value.map(element.write) : value),
      read: (value) => (Array.isArray(value) ? value.map(element.read) : value),
    }
  );
}

function ofMembers(members: Members): Spelling {
  return {
    write: (value) => (typeof value === 'object' && value !== null ? writeMembers(members, value) : value),
    read: (value) => {
      const object = asJsonObject(value);
      return object ? readMembers(members, object) : value;
    },
  };
}

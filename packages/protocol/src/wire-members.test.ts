import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { membersOf, readMembers, writeMembers } from './wire-members.ts';

const members = membersOf(
  z.object({
    userName: z.string(),
    postalAddress: z.object({ streetName: z.string() }).optional(),
    oldNames: z.array(z.object({ givenName: z.string() })).default([]),
    freeForm: z.record(z.string(), z.unknown()),
  }),
);

const inside = {
  userName: 'Ada',
  postalAddress: { streetName: 'Long Lane' },
  oldNames: [{ givenName: 'Augusta' }],
  freeForm: { camelCase: 1, snake_case: { innerName: 2 } },
};

const wire = {
  user_name: 'Ada',
  postal_address: { street_name: 'Long Lane' },
  old_names: [{ given_name: 'Augusta' }],
  free_form: { camelCase: 1, snake_case: { innerName: 2 } },
};

describe('members on the wire', () => {
  it('are renamed at any depth, but not inside opaque objects', () => {
    expect(writeMembers(members, inside)).toStrictEqual(wire);
    expect(readMembers(members, wire)).toStrictEqual(inside);
  });

  it('come in the order of the schema', () => {
    const reversed = Object.fromEntries(Object.entries(inside).reverse());
    expect(JSON.stringify(writeMembers(members, reversed))).toBe(JSON.stringify(wire));
  });

  it('are left out when the schema does not declare them', () => {
    expect(readMembers(members, { user_name: 'Ada', userName: 'Bob', password: 'x' })).toStrictEqual({
      userName: 'Ada',
    });
    expect(writeMembers(members, { ...inside, secret: 'x' })).toStrictEqual(wire);
  });

  it('are absent when they are null or undefined', () => {
    expect(readMembers(members, { user_name: null, postal_address: undefined })).toStrictEqual({});
    expect(writeMembers(members, { userName: undefined })).toStrictEqual({});
  });

  it('keep values of a wrong shape for the schema to refuse', () => {
    const read = readMembers(members, { postal_address: 'a string', old_names: { given_name: 'x' } });
    expect(read).toStrictEqual({ postalAddress: 'a string', oldNames: { given_name: 'x' } });
  });

  it('never come from a prototype that the sender made up', () => {
    const hostile: object = JSON.parse('{"__proto__":{"user_name":"Mallory"},"constructor":{"user_name":"Mallory"}}');
    const read = readMembers(members, hostile);
    expect(read).toStrictEqual({});
    expect(read['userName']).toBeUndefined();
  });
});

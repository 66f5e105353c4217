import { describe, expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import { hashToken } from './connector.ts';
import type { DeskSignIn, DeskUser } from './desk-user.ts';
import { DeskUsers } from './desk-users.ts';
import { hashPassword, isPassword } from './password.ts';

const grace: DeskUser = {
  id: 'grace',
  name: 'Grace',
  role: 'agent',
  queueIds: null,
  capacity: null,
  passwordHash: await hashPassword('correct horse'),
};

function house(tokens: string[] = []) {
  const time = new FakeTime();
  const signIns = new Map<string, DeskSignIn>();
  const users = [grace];
  const store = {
    list: async () => users,
    save: async () => {},
    remove: async () => false,
    findSignIn: async (tokenSha256: string) => signIns.get(tokenSha256),
    saveSignIn: async (signIn: DeskSignIn) => void signIns.set(signIn.tokenSha256, signIn),
    removeSignIn: async (tokenSha256: string) => void signIns.delete(tokenSha256),
  };
  return { time, users, signIns, desk: new DeskUsers({ store, clock: time, tokens: tokens.map(hashToken) }) };
}

const rightly = { id: ' Grace ', password: 'correct horse' };

describe('signing in to the desk', () => {
  it('gives a token that is good until it expires or is signed out', async () => {
    const { desk, time } = house();
    const outcome = await desk.signIn(rightly, '1.1.1.1');
    if (outcome.kind !== 'signed-in') throw new Error(outcome.kind);
    expect(outcome.user).toBe(grace);
    expect(await desk.of(outcome.token)).toBe(grace);
    time.advance(outcome.expiresMs - time.nowMs() - 1);
    expect(await desk.of(outcome.token)).toBe(grace);
    time.advance(1);
    expect(await desk.of(outcome.token)).toBeUndefined();
    const again = await desk.signIn(rightly, '1.1.1.1');
    if (again.kind !== 'signed-in') throw new Error(again.kind);
    await desk.signOut(again.token);
    expect(await desk.of(again.token)).toBeUndefined();
  });

  it('keeps no token in clear', async () => {
    const { desk, signIns } = house();
    const outcome = await desk.signIn(rightly, '1.1.1.1');
    expect(JSON.stringify([...signIns])).not.toContain(outcome.kind === 'signed-in' && outcome.token);
  });

  it.each([
    ['a wrong password', { id: 'grace', password: 'wrong' }],
    ['no password', { id: 'grace', password: '' }],
    ['somebody unknown', { id: 'mallory', password: 'correct horse' }],
    ['a token that is none', { token: 'parley-demo-desk-token' }],
    ['a password without end', { id: 'grace', password: 'x'.repeat(2000) }],
  ])('is refused with %s', async (_what, credentials) => {
    expect(await house().desk.signIn(credentials, '1.1.1.1')).toEqual({ kind: 'wrong' });
  });

  it('is over for somebody who was removed', async () => {
    const { desk, users } = house();
    const outcome = await desk.signIn(rightly, '1.1.1.1');
    users.length = 0;
    expect(await desk.of(outcome.kind === 'signed-in' ? outcome.token : '')).toBeUndefined();
  });

  it('works by a token of the configuration, as long as there is one', async () => {
    const { desk } = house(['parley-demo-desk-token']);
    const outcome = await desk.signIn({ token: 'parley-demo-desk-token' }, '1.1.1.1');
    expect(outcome).toMatchObject({ kind: 'signed-in', user: { id: 'demo', role: 'supervisor' } });
    expect(await desk.of(outcome.kind === 'signed-in' ? outcome.token : '')).toMatchObject({ id: 'demo' });
  });

  it('is slowed down for whoever guesses at a name, with the right password too', async () => {
    const { desk, time } = house();
    for (let tries = 0; tries < 5; tries++) {
      expect(await desk.signIn({ id: 'grace', password: 'no' }, '1.1.1.1')).toEqual({ kind: 'wrong' });
    }
    expect(await desk.signIn(rightly, '1.1.1.1')).toMatchObject({ kind: 'throttled' });
    time.advance(30_000);
    expect(await desk.signIn(rightly, '1.1.1.1')).toMatchObject({ kind: 'signed-in' });
  });

  it('is open to its owner elsewhere, however long one stranger guesses', async () => {
    const { desk, time } = house();
    for (let tries = 0; tries < 500; tries++) {
      await desk.signIn({ id: 'grace', password: 'x'.repeat(2000) }, '6.6.6.6');
      time.advance(3_000);
    }
    expect(await desk.signIn(rightly, '1.1.1.1')).toMatchObject({ kind: 'signed-in' });
  });

  it('is slowed down per name when guesses come from everywhere', async () => {
    const { desk, time } = house();
    const guess = (from: number) => desk.signIn({ id: 'grace', password: 'x'.repeat(2000) }, `2.2.2.${from}`);
    for (let from = 0; from < 100; from++) expect(await guess(from)).toEqual({ kind: 'wrong' });
    expect(await guess(100)).toMatchObject({ kind: 'throttled' });
    time.advance(10_000);
    expect(await guess(101)).toEqual({ kind: 'wrong' });
  });

  it('is not slowed down for somebody who knows the password, at however many windows', async () => {
    const { desk } = house();
    for (let windows = 0; windows < 10; windows++) {
      expect(await desk.signIn(rightly, '1.1.1.1')).toMatchObject({ kind: 'signed-in' });
    }
  });

  it('is slowed down per address, whatever the names', async () => {
    const { desk } = house();
    const tries = Array.from({ length: 20 }, () => desk.signIn({ token: 'guess' }, '1.1.1.1'));
    expect(await Promise.all(tries)).toEqual(tries.map(() => ({ kind: 'wrong' })));
    expect(await desk.signIn({ token: 'guess' }, '1.1.1.1')).toMatchObject({ kind: 'throttled' });
    expect(await desk.signIn({ token: 'guess' }, '2.2.2.2')).toEqual({ kind: 'wrong' });
  });
});

describe('a password', () => {
  it('is hashed with salt, and known again', async () => {
    expect(await hashPassword('correct horse')).not.toBe(grace.passwordHash);
    expect(await isPassword('correct horse', grace.passwordHash)).toBe(true);
    expect(await isPassword('correct horse ', grace.passwordHash)).toBe(false);
  });

  it.each(['', 'nonsense', 'scrypt$16384$8$1$AAAA$', 'scrypt$$$$$'])('is not that of the hash "%s"', async (hash) => {
    expect(await isPassword('', hash)).toBe(false);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { DeskUsers } from '../identity/index.ts';
import { CommandLine } from './test/command-line.ts';

let parley: CommandLine;
let server: DeskUsers;

beforeEach(() => {
  parley = new CommandLine();
  server = new DeskUsers({ store: parley.store.deskUsers, clock: parley.time, tokens: [] });
});

async function run(line: string | string[]): Promise<string[]> {
  const outcome = await parley.run(line);
  expect([outcome.code, outcome.complaints]).toEqual([0, '']);
  expect(parley.openDatabases).toBe(0);
  return outcome.printed;
}

const grace = ['desk-user', 'add', 'grace', '--name', 'Grace Hopper'];

describe('desk-user add', () => {
  it('prints a password that works, and keeps only its hash', async () => {
    expect(await run(grace)).toEqual([
      'Desk user "grace" is made. What follows is not shown again.',
      'password: secret-1',
    ]);
    const signIn = await server.signIn({ id: 'grace', password: 'secret-1' }, '1.1.1.1');
    expect(signIn).toMatchObject({
      kind: 'signed-in',
      user: { id: 'grace', name: 'Grace Hopper', role: 'agent', queueIds: null, capacity: null },
    });
    expect(JSON.stringify(await parley.store.deskUsers.list())).not.toContain('secret-1');
  });

  it('takes everything that a person has', async () => {
    const more = ['--supervisor', '--queue', 'general', '--queue', 'support', '--capacity', '5', '--json'];
    const printed = await run([...grace, ...more, '--avatar', 'https://example.com/g.png']);
    expect(printed.map((text) => JSON.parse(text))).toEqual([{ id: 'grace', password: 'secret-1' }]);
    expect(await parley.store.deskUsers.list()).toMatchObject([
      { role: 'supervisor', queueIds: ['general', 'support'], capacity: 5, avatarUrl: 'https://example.com/g.png' },
    ]);
  });

  it.each<[string[], 1 | 2, string]>([
    [['desk-user', 'add', 'grace'], 2, 'What are they called? (--name)'],
    [['desk-user', 'add', 'Grace', '--name', 'Grace'], 2, 'A desk user is called by'],
    [['desk-user', 'add', '--name', 'Grace'], 2, 'Which desk user?'],
    [[...grace, '--avatar', 'javascript:alert(1)'], 2, '--avatar needs an http(s) address.'],
    [[...grace, '--capacity', 'many'], 2, '--capacity needs a whole number.'],
    [[...grace, '--queue', 'nowhere'], 1, 'There is no queue "nowhere" (queues: general, support).'],
  ])('%j: %i, %s', async (line, code, complaint) => {
    const outcome = await parley.run(line);
    expect(outcome.code).toBe(code);
    expect(outcome.complaints).toContain(complaint);
    expect(await parley.store.deskUsers.list()).toEqual([]);
  });

  it('makes nobody twice', async () => {
    await run(grace);
    expect(await parley.run(grace)).toMatchObject({ code: 1, complaints: 'There is a desk user "grace" already.' });
  });
});

describe('desk-user list', () => {
  it('shows who there is, without passwords', async () => {
    await run(grace);
    await run(['desk-user', 'add', 'boss', '--name', 'Boss', '--supervisor', '--queue', 'general', '--capacity', '2']);
    const [, ...rows] = await run('desk-user list');
    expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
      ['boss', 'Boss', 'supervisor', 'general', '2'],
      ['grace', 'Grace Hopper', 'agent', 'all', '-'],
    ]);
    expect((await run('desk-user list --format jsonl')).join()).not.toMatch(/scrypt|password/i);
  });
});

describe('desk-user remove', () => {
  it('ends what somebody may do at once', async () => {
    await run(grace);
    const signIn = await server.signIn({ id: 'grace', password: 'secret-1' }, '1.1.1.1');
    expect(await run('desk-user remove grace')).toEqual(['Desk user "grace" is removed.']);
    expect(await server.of(signIn.kind === 'signed-in' ? signIn.token : '')).toBeUndefined();
    expect(await parley.run('desk-user remove grace')).toMatchObject({ code: 1 });
  });
});

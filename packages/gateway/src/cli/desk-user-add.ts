// `parley desk-user add`: lets somebody sign in to the desk, and tells their password, once.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Config } from '../config/index.ts';
import { hashPassword } from '../identity/index.ts';
import { Refusal, UsageError, type Command } from './command.ts';
import { oneId } from './one-id.ts';
import { wholeNumber } from './whole-number.ts';
import { withStore } from './with-database.ts';

export const deskUserAdd: Command = {
  name: 'desk-user add',
  parameters: '<id> --name <name> [--supervisor] [--queue <queue>]... [options]',
  summary: 'Lets somebody sign in to the desk and prints their password.',
  options: [
    ['--name <name>', 'as visitors read it'],
    ['--supervisor', 'sees every queue and chat, may listen in and join'],
    ['--queue <queue>', 'a queue they answer: a key of handoff.queues; may be repeated; without any: all'],
    ['--capacity <number>', 'chats at the same time (what the queue says)'],
    ['--avatar <url>', 'a picture that visitors see'],
    ['--json', 'prints JSON'],
  ],

  async run(args, world) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const id = validId(oneId(positionals, 'desk user'));
    const { name, supervisor, json, avatar } = values;
    if (!name?.trim()) throw new UsageError('What are they called? (--name)');
    const capacity = values.capacity === undefined ? null : wholeNumber(values.capacity, '--capacity');
    if (avatar !== undefined && !isWebAddress(avatar)) throw new UsageError('--avatar needs an http(s) address.');
    const password = world.newSecret();
    const passwordHash = await hashPassword(password);
    await withStore(world, async ({ deskUsers }, config) => {
      const queueIds = values.queue.length > 0 ? values.queue.map((queue) => knownQueue(queue, config)) : null;
      const taken = (await deskUsers.list()).some((user) => user.id === id);
      if (taken) throw new Refusal(`There is a desk user "${id}" already.`);
      const role = supervisor ? 'supervisor' : 'agent';
      await deskUsers.save({ id, name, role, queueIds, capacity, passwordHash, ...(avatar && { avatarUrl: avatar }) });
    });
    if (json) return world.print(JSON.stringify({ id, password }));
    await world.print(`Desk user "${id}" is made. What follows is not shown again.`);
    await world.print(`password: ${password}`);
  },
};

const options = {
  name: { type: 'string' },
  supervisor: { type: 'boolean', default: false },
  queue: { type: 'string', multiple: true, default: [] },
  capacity: { type: 'string' },
  avatar: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

/** Case doesn't matter when somebody signs in, so there is none. */
function validId(id: string): string {
  if (/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(id)) return id;
  throw new UsageError('A desk user is called by up to 64 small letters, digits, dots, hyphens, underscores and @.');
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

function knownQueue(id: string, { handoff: { queues } }: Config): string {
  if (id in queues) return id;
  throw new Refusal(`There is no queue "${id}" (queues: ${Object.keys(queues).join(', ') || 'none'}).`);
}

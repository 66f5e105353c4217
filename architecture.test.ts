// The arrows of ARCHITECTURE.md as a test: who may import whom, denied by default. To allow an arrow, say so here.
import { describe, expect, it } from 'vitest';
import {
  badNames,
  cycles,
  environmentReaders,
  forbiddenArrows,
  homelessJson,
  homelessPackages,
  impureMachines,
  leakedAdapters,
  pathsPastDoors,
  type Arrows,
  type PackageHomes,
} from './scripts/arrows.ts';
import { readSources, sourceFile, type SourceFile } from './scripts/source-file.ts';

const rooms = ['kit', 'config', 'messaging', 'identity', 'chat-api', 'voice', 'agents', 'handoff', 'http'];
const outerRooms = ['store', 'bus', 'ops'];

/** Who may import whom, through doors only. `gateway` is main.ts, gateway.ts, cli.ts and whole-gateway tests. */
const arrows: Arrows = {
  protocol: [],
  kit: ['protocol'],
  config: ['protocol', 'kit'],
  messaging: ['protocol', 'kit'],
  identity: ['protocol', 'kit'],
  'chat-api': ['protocol', 'kit', 'messaging'],
  voice: ['protocol', 'kit', 'messaging'],
  agents: ['protocol', 'kit', 'messaging'],
  handoff: ['protocol', 'kit', 'messaging'],
  store: ['protocol', 'kit'],
  bus: ['protocol', 'kit'],
  ops: ['protocol', 'kit'],
  http: ['protocol', 'kit', 'messaging', 'chat-api', 'identity', 'voice', 'handoff'],
  cli: ['protocol', ...rooms, ...outerRooms],
  gateway: ['protocol', ...rooms, ...outerRooms, 'cli'],
  client: ['protocol'],
  web: ['protocol', 'client'],
  bench: ['protocol', 'client', 'gateway'],
  e2e: ['protocol', 'client', 'gateway'],
};

/** Who may know only the types of whose ports, to implement them. */
const portOwners = ['messaging', 'identity', 'handoff', 'chat-api', 'voice'];
const typeArrows: Arrows = { store: portOwners, bus: portOwners, ops: portOwners };

/** Where packages that aren't ours may be imported. Any of them may be in an adapter; unlisted ones only there. */
const packageHomes: PackageHomes = {
  'node:': ['packages/gateway/', 'packages/web/vite.config.ts'],
  zod: ['packages/protocol/', 'packages/gateway/', 'packages/web/src/strict-csp.ts'],
  fastify: ['packages/gateway/src/http/'],
  ws: ['packages/gateway/src/http/'],
  jose: ['packages/gateway/src/identity/'],
  yaml: ['packages/gateway/src/config/', 'packages/gateway/src/agents/'],
  pino: ['packages/gateway/src/ops/'],
  'prom-client': ['packages/gateway/src/ops/'],
  kysely: ['packages/gateway/src/store/'],
  'better-sqlite3': ['packages/gateway/src/store/'],
  pg: ['packages/gateway/src/store/'],
  ioredis: ['packages/gateway/src/bus/'],
  preact: ['packages/web/'],
  marked: ['packages/web/'],
  dompurify: ['packages/web/'],
  vite: ['packages/web/vite.config.ts'],
};

const environmentAllowed = [
  'packages/gateway/src/config/',
  'packages/gateway/src/main.ts',
  'packages/gateway/src/cli.ts',
  'bench/',
  'e2e/',
];

/** Where JSON is read or written by hand, by what for. Whatever clients and servers say to each other is the wire. */
const jsonHomes = {
  'the wire': ['packages/protocol/'],
  'what is kept in the database': [
    'packages/gateway/src/store/',
    'packages/gateway/src/messaging/session/entry-text.ts',
    'packages/gateway/src/messaging/sessions.ts',
  ],
  'what the command line prints': ['packages/gateway/src/cli/'],
  'what models write to tools, and read of them': ['packages/gateway/src/voice/end-to-end/'],
  'the documents that describe the wire': ['packages/gateway/src/http/docs-routes.ts'],
  'texts to compare, to count, to hash and to find things by': [
    'packages/gateway/src/agent-roster.ts',
    'packages/gateway/src/chat-api/conversation-facts.ts',
    'packages/gateway/src/handoff/coordinator.ts',
    'packages/gateway/src/handoff/desk/desk-state.ts',
    'packages/gateway/src/handoff/desk/message-content.ts',
    'packages/gateway/src/handoff/desk/queue-status-teller.ts',
    'packages/gateway/src/identity/context-token.ts',
    'packages/gateway/src/identity/tenant.ts',
    'packages/gateway/src/voice/calls/call-links.ts',
    'packages/gateway/src/voice/create-voice-agents.ts',
  ],
  'what a browser keeps': ['packages/client/src/saved-session.ts', 'packages/web/src/desk/model/settings.ts'],
  'what people read': ['packages/web/src/demo/samples.ts', 'packages/web/src/desk/model/visitor-text.ts'],
  'how the demo page learns of the demo': ['packages/web/src/demo/demo-config.ts'],
};

/** Every rule, as a function from source files to violations. */
const rules = {
  'only allowed arrows': (files: SourceFile[]) => forbiddenArrows(files, arrows, typeArrows),
  'through doors': pathsPastDoors,
  'packages stay in their homes': (files: SourceFile[]) => homelessPackages(files, packageHomes),
  'JSON by hand stays in its homes': (files: SourceFile[]) => homelessJson(files, jsonHomes),
  'adapters stay behind their door': leakedAdapters,
  'machines are pure': impureMachines,
  'only configuration reads the environment': (files: SourceFile[]) => environmentReaders(files, environmentAllowed),
  'no cycles': cycles,
  'files say what they hold': badNames,
};

describe('the house', () => {
  const files = readSources(import.meta.dirname, ['packages', 'bench', 'e2e']);

  it.each(Object.entries(rules))('%s', (_name, rule) => {
    expect(files.length).toBeGreaterThan(0);
    expect(rule(files)).toEqual([]);
  });
});

describe('the rules', () => {
  /** Source files from paths (in the gateway's source unless they start at the root) and texts. */
  function plant(texts: Record<string, string>): SourceFile[] {
    const fullPath = (path: string): string =>
      /^(packages|e2e|bench)\//.test(path) ? path : `packages/gateway/src/${path}`;
    return Object.entries(texts).map(([path, text]) => sourceFile(fullPath(path), text));
  }

  function violations(texts: Record<string, string>): string[] {
    const files = plant(texts);
    return Object.values(rules).flatMap((rule) => rule(files));
  }

  it.each<[string, string, string]>([
    ['a room that may', 'voice/call.ts', "import { Session } from '../messaging/index.ts';"],
    ['the protocol by name', 'messaging/decide.ts', "import type { Event } from '@parley/protocol';"],
    ['types of a port by the store', 'store/journal.ts', "import type { Journal } from '../messaging/index.ts';"],
    ['a vendor in an adapter', 'agents/adapters/llm/stream.ts', "import { streamText } from 'ai';"],
    ['an adapter by its door', 'agents/index.ts', "export { llm } from './adapters/llm.ts';"],
    ['an adapter by a factory', 'agents/create-agent.ts', "import { llm } from './adapters/llm.ts';"],
    ['a library in its home', 'http/server.ts', "import fastify from 'fastify';"],
    ['every room by the composition root', 'gateway.ts', "import { store } from './store/index.ts';"],
    ['a Node module by the gateway', 'kit/ids.ts', "import { randomUUID } from 'node:crypto';"],
    ['the gateway by name from e2e', 'e2e/chat.test.ts', "import { createGateway } from '@parley/gateway';"],
    ['JSON in the protocol', 'packages/protocol/src/a.ts', 'export const read = JSON.parse;'],
    ["JSON of a vendor's", 'agents/adapters/llm/a.ts', 'const answer = await response.json();'],
    ['the environment in main', 'main.ts', 'const port = process.env.PORT;'],
    [
      'words in comments and strings',
      'voice/turn.machine.ts',
      "// await the Date\nexport const at = 'await process.env';",
    ],
    ['members with the name of a clock', 'voice/turn.machine.ts', 'export const due = state.crypto + wait.fetch;'],
  ])('allow %s', (_what, path, text) => {
    expect(violations({ [path]: text })).toEqual([]);
  });

  it.each<[keyof typeof rules, string, string, string]>([
    ['only allowed arrows', 'a room that may not', 'voice/call.ts', "import { respond } from '../agents/index.ts';"],
    [
      'only allowed arrows',
      'types without an arrow',
      'voice/call.ts',
      "import type { Turn } from '../agents/index.ts';",
    ],
    ['only allowed arrows', 'the edge in the centre', 'messaging/a.ts', "import { send } from '../http/index.ts';"],
    ['only allowed arrows', 'values of a port', 'store/journal.ts', "import { fold } from '../messaging/index.ts';"],
    ['only allowed arrows', 'the composition root', 'http/a.ts', "import { createGateway } from '../gateway.ts';"],
    ['only allowed arrows', 'the own package', 'http/a.ts', "import { createGateway } from '@parley/gateway';"],
    ['only allowed arrows', 'a room not in the table', 'billing/invoice.ts', 'export {};'],
    ['only allowed arrows', 'the gateway in the client', 'packages/client/src/a.ts', "import '@parley/gateway';"],
    [
      'only allowed arrows',
      'the gateway in a page',
      'packages/web/src/a.tsx',
      "import type { G } from '@parley/gateway';",
    ],
    ['through doors', 'a path past a door', 'voice/call.ts', "import { fold } from '../messaging/session/fold.ts';"],
    ['through doors', 'an import over lines', 'http/a.ts', "import {\n  a,\n  b,\n} from '../messaging/fold.ts';"],
    ['through doors', 'a re-export', 'voice/index.ts', "export * from '../messaging/fold.ts';"],
    ['through doors', 'a dynamic import', 'voice/call.ts', "const fold = await import('../messaging/fold.ts');"],
    ['through doors', 'a worker', 'http/a.ts', "new Worker(new URL('../messaging/worker.ts', import.meta.url));"],
    ['through doors', 'a deep import', 'e2e/a.test.ts', "import { x } from '@parley/gateway/src/store/index.ts';"],
    ['through doors', 'a package by path', 'e2e/a.test.ts', "import { x } from '../packages/client/src/index.ts';"],
    ['packages stay in their homes', 'a dependency', 'packages/protocol/src/a.ts', "import { nanoid } from 'nanoid';"],
    ['packages stay in their homes', 'Node', 'packages/protocol/src/a.ts', "import { Buffer } from 'node:buffer';"],
    ['packages stay in their homes', 'Node', 'packages/client/src/a.ts', "import 'node:fs/promises';"],
    ['packages stay in their homes', 'a vendor', 'agents/responder.ts', "import { streamText } from 'ai';"],
    ['packages stay in their homes', 'a scoped vendor', 'agents/tools.ts', "import { tool } from '@ai-sdk/mcp/stdio';"],
    ['packages stay in their homes', 'a database', 'messaging/journal.ts', "import Database from 'better-sqlite3';"],
    ['packages stay in their homes', 'a socket type', 'messaging/a.ts', "import type { WebSocket } from 'ws';"],
    ['JSON by hand stays in its homes', 'a frame', 'messaging/a.ts', 'const text = JSON.stringify(event);'],
    ['JSON by hand stays in its homes', 'a body', 'http/a.ts', 'const { token } = JSON.parse(body);'],
    ['JSON by hand stays in its homes', 'an answer', 'packages/client/src/a.ts', 'const { id } = await answer.json();'],
    [
      'adapters stay behind their door',
      'an adapter',
      'agents/responder.ts',
      "import { llm } from './adapters/llm.ts';",
    ],
    [
      'adapters stay behind their door',
      'a neighbour',
      'agents/adapters/llm.ts',
      "import { sign } from './webhook.ts';",
    ],
    ['machines are pure', 'a clock', 'voice/turn.machine.ts', 'export const at = Date.now();'],
    ['machines are pure', 'a timer', 'voice/turn.machine.ts', 'setTimeout(() => {}, 5);'],
    ['machines are pure', 'a hidden timer', 'voice/turn.machine.ts', 'globalThis.setTimeout(() => {}, 5);'],
    ['machines are pure', 'a microtask', 'voice/turn.machine.ts', 'queueMicrotask(() => {});'],
    ['machines are pure', 'randomness', 'voice/turn.machine.ts', 'export const dice = Math.random();'],
    ['machines are pure', 'waiting', 'voice/turn.machine.ts', 'export async function step(): Promise<void> {}'],
    ['machines are pure', 'Node', 'voice/turn.machine.ts', "import { randomUUID } from 'node:crypto';"],
    ['only configuration reads the environment', 'a variable', 'http/server.ts', 'const port = process.env.PORT;'],
    ['only configuration reads the environment', 'an import', 'http/server.ts', "import { env } from 'node:process';"],
    ['only configuration reads the environment', 'a part', 'http/server.ts', 'const { env } = process;'],
    ['files say what they hold', 'a drawer', 'http/utils.ts', 'export {};'],
    ['files say what they hold', 'another case', 'http/RateLimit.ts', 'export {};'],
  ])('%s: forbid %s in %s', (rule, _what, path, text) => {
    expect(rules[rule](plant({ [path]: text }))).toHaveLength(1);
  });

  it('forbid a cycle of files, types included', () => {
    const files = plant({
      'voice/a.ts': "import { b } from './b.ts';",
      'voice/b.ts': "import { c } from './c.ts';",
      'voice/c.ts': "import type { a } from './a.ts';",
      'voice/d.ts': "import { a } from './a.ts';",
    });
    expect(cycles(files)).toEqual([
      'cycle: packages/gateway/src/voice/a.ts -> packages/gateway/src/voice/b.ts -> packages/gateway/src/voice/c.ts -> packages/gateway/src/voice/a.ts',
    ]);
  });

  it('forbid a cycle of rooms in which no two files form one', () => {
    const files = plant({
      'voice/index.ts': 'export const voice = 1;',
      'voice/call.ts': "import { turn } from '../agents/index.ts';",
      'agents/index.ts': 'export const turn = 1;',
      'agents/speak.ts': "import { voice } from '../voice/index.ts';",
    });
    expect(cycles(files)).toEqual(['cycle: voice -> agents -> voice']);
  });
});

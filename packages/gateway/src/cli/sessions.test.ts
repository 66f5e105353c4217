import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEvent, type JournaledEvent } from '@parley/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../kit/index.ts';
import type { SessionInfo, StoredEntry } from '../messaging/index.ts';
import { openSqliteStore, type Store } from '../store/index.ts';
import { CommandLine, type Outcome } from './test/command-line.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 1) - 10 * HOUR_MS;

let folder: string;
let store: Store;
let parley: CommandLine;

const capabilities = { streaming: true, maxMessageSizeBytes: 1, maxReconnectAttempts: 1, heartbeatIntervalSeconds: 1 };
const chunk = { attachments: [], responseSuggestions: [] };

/** A conversation with a streamed answer. */
const chat: JournaledEvent[] = [
  { type: 'session-start', capabilities },
  { type: 'user-message', messageId: 'm1', text: 'Hello\nthere' },
  { type: 'poly-agent-message-chunk', messageId: 'm2', text: 'Good ', chunkIndex: 1, isComplete: false, ...chunk },
  {
    type: 'poly-agent-message-chunk',
    messageId: 'm2',
    text: 'morning.',
    chunkIndex: 2,
    isComplete: true,
    responseSuggestions: [],
    attachments: [{ title: 'Map', contentUrl: 'https://example.com', contentType: 'ATTACHMENT_CONTENT_TYPE_URL' }],
  },
];

function entriesOf(events: JournaledEvent[], atMs: number): StoredEntry[] {
  const timestamp = new Date(atMs).toISOString();
  return events.map((event, index) => ({
    position: index + 1,
    sequence: index + 1,
    atMs,
    text: encodeEvent({ id: `e${index + 1}`, sequence: index + 1, timestamp, event }),
  }));
}

function infoOf(id: string, createdMs: number): SessionInfo {
  return {
    id,
    connectorId: id.startsWith('web') ? 'web' : 'app',
    account: 'acme',
    project: 'shop',
    agentId: 'concierge',
    variantId: null,
    subject: 'user',
    door: 'messaging',
    channel: 'webchat.polyai',
    streaming: true,
    platform: 'ios',
    deviceType: null,
    userAgent: 'test',
    contextId: 'context',
    createdMs,
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sessions-'));
  parley = new CommandLine({ DATABASE_URL: `file:${folder}/parley.db` });
  store = await openSqliteStore({ file: join(folder, 'parley.db'), log: silentLog });
  for (const [index, id] of ['web-1', 'app-1', 'web-2'].entries()) {
    const createdMs = START_MS + index * HOUR_MS;
    await store.create(infoOf(id, createdMs), entriesOf(chat, createdMs));
  }
  const fact = {
    position: 5,
    sequence: null,
    atMs: START_MS,
    text: '{"type":"turn-ended","turnId":"m1","outcome":"answered"}',
  };
  const end: JournaledEvent = { type: 'session-end', reason: 'REASON_USER_END' };
  const ended = { ...entriesOf([...chat, end], START_MS)[4]!, position: 6 };
  await new Promise<void>((resolve, reject) => {
    const append = { entries: [fact, ended], marks: { endedMs: START_MS + 1000 } };
    store.append('web-1', append, (error) => (error ? reject(error) : resolve()));
  });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Runs a line that must succeed, beside the open store. */
async function run(line: string): Promise<Outcome> {
  const outcome = await parley.run(line);
  expect([outcome.code, outcome.complaints]).toEqual([0, '']);
  return outcome;
}

async function listed(line: string): Promise<string[]> {
  const { printed } = await run(`${line} --format jsonl`);
  return printed.map((text) => (JSON.parse(text) as { id: string }).id);
}

describe('sessions list', () => {
  it('shows a table, the newest first', async () => {
    expect((await run('sessions list')).printed).toEqual([
      'id     createdAt                 endedAt                   connector  agent      door       platform  entries',
      'web-2  2025-12-31T16:00:00.000Z  -                         web        concierge  messaging  ios       4',
      'app-1  2025-12-31T15:00:00.000Z  -                         app        concierge  messaging  ios       4',
      'web-1  2025-12-31T14:00:00.000Z  2025-12-31T14:00:01.000Z  web        concierge  messaging  ios       6',
    ]);
  });

  it.each([
    ['sessions list --connector web', ['web-2', 'web-1']],
    ['sessions list --ended', ['web-1']],
    ['sessions list --live', ['web-2', 'app-1']],
    ['sessions list --since 2025-12-31T15:00:00Z', ['web-2', 'app-1']],
    ['sessions list --since 8h', ['web-2']],
    ['sessions list --until 2025-12-31T15:00:00Z', ['web-1']],
    ['sessions list --until 2025-12-31', []],
    ['sessions list --limit 2', ['web-2', 'app-1']],
    ['sessions list --limit 0', []],
  ])('%s', async (line, ids) => {
    expect(await listed(line)).toEqual(ids);
  });

  it('prints one array of JSON too', async () => {
    const { printed } = await run('sessions list --format json --limit 1');
    expect(JSON.parse(printed.join('\n'))).toMatchObject([{ id: 'web-2', endedAt: null, account: 'acme', entries: 4 }]);
    expect(JSON.parse((await run('sessions list --format json --limit 0')).printed.join('\n'))).toEqual([]);
  });
});

describe('sessions show', () => {
  it('shows what was said, streamed messages in one piece', async () => {
    const { printed } = await run('sessions show web-1');
    expect(printed.slice(0, 3)).toEqual([
      'id: web-1',
      'createdAt: 2025-12-31T14:00:00.000Z',
      'endedAt: 2025-12-31T14:00:01.000Z',
    ]);
    expect(printed.slice(printed.indexOf(''))).toEqual([
      '',
      '2025-12-31T14:00:00.000Z  user',
      '  Hello',
      '  there',
      '',
      '2025-12-31T14:00:00.000Z  agent',
      '  Good morning.',
      '  [attachments: 1]',
    ]);
  });

  it('shows everything as JSON, but no private fact', async () => {
    const { printed } = await run('sessions show web-1 --format json');
    const record = JSON.parse(printed.join('\n')) as { messages: unknown[]; events: unknown[] };
    expect(record.messages).toMatchObject([{ speaker: 'user', text: 'Hello\nthere' }, { text: 'Good morning.' }]);
    expect(record.events).toHaveLength(5);
    expect(record.events[4]).toMatchObject({ sequence: 5, type: 'EVENT_TYPE_SESSION_END' });
  });

  it.each([
    ['sessions show', 2, 'Which session?'],
    ['sessions show gone', 1, 'There is no session "gone".'],
    ['sessions show web-1 --format xml', 2, '--format must be text or json.'],
    ['sessions list --since soon', 2, '--since needs a date'],
    ['sessions list --ended --live', 2, '--ended or --live'],
    ['sessions list --limit few', 2, '--limit needs a whole number.'],
    ['sessions export web-1 gone', 1, 'There is no session "gone".'],
  ])('%s: code %i', async (line, code, complaint) => {
    expect(await parley.run(line)).toMatchObject({ code, printed: [], complaints: expect.stringContaining(complaint) });
  });
});

describe('sessions export', () => {
  it('prints a session per line', async () => {
    const { printed } = await run('sessions export');
    const records = printed.map((text) => JSON.parse(text) as { id: string; messages: unknown[]; events: unknown[] });
    expect(records.map(({ id, messages, events }) => [id, messages.length, events.length])).toEqual([
      ['web-2', 2, 4],
      ['app-1', 2, 4],
      ['web-1', 2, 5],
    ]);
  });

  it('prints one array, and only what is asked for', async () => {
    const { printed } = await run('sessions export --connector web --format json');
    expect(JSON.parse(printed.join('\n'))).toMatchObject([{ id: 'web-2' }, { id: 'web-1' }]);
    expect(await listed('sessions export web-1 app-1')).toEqual(['web-1', 'app-1']);
  });

  it('reads page by page', async () => {
    for (let number = 0; number < 450; number++) {
      const createdMs = START_MS - 100 * HOUR_MS + (number % 7);
      await store.create(infoOf(`many-${number}`, createdMs), entriesOf(chat, createdMs));
    }
    const ids = await listed('sessions export --until 2025-12-31');
    expect([ids.length, new Set(ids).size]).toEqual([450, 450]);
    expect(await listed('sessions list --until 2025-12-31 --limit 300')).toHaveLength(300);
  });
});

it('without a database there is nothing to read, and none is made', async () => {
  const elsewhere = new CommandLine({ DATABASE_URL: `file:${folder}/none.db` });
  const outcome = await elsewhere.run('sessions list');
  expect(outcome).toMatchObject({ code: 1, complaints: `there is no database at ${folder}/none.db` });
});

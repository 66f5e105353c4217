import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryRecord } from '../handoff/index.ts';
import { silentLog } from '../kit/index.ts';
import type { SessionInfo } from '../messaging/index.ts';
import { openSqliteStore } from '../store/index.ts';
import { CommandLine } from './test/command-line.ts';

const START_MS = Date.UTC(2026, 0, 1) - 3_600_000;

const session: SessionInfo = {
  id: 's1',
  connectorId: 'web',
  account: 'acme',
  project: 'shop',
  agentId: 'concierge',
  variantId: null,
  subject: 'user',
  door: 'messaging',
  channel: 'webchat.polyai',
  streaming: false,
  platform: 'web',
  deviceType: null,
  userAgent: null,
  contextId: null,
  createdMs: START_MS,
};

const bridgeCase = { id: 'case-1', sessionId: 's1', deskId: 'concierge', waitingSinceMs: START_MS, closedMs: null };

function delivery(id: string, changes: Partial<DeliveryRecord>): DeliveryRecord {
  return {
    id,
    caseId: 'case-1',
    number: 1,
    type: 'requested',
    body: JSON.stringify({ type: 'requested', id }),
    sequence: 3,
    status: 'delivered',
    tries: 1,
    createdMs: START_MS,
    triedMs: START_MS + 1000,
    dueMs: START_MS,
    answer: '200',
    ...changes,
  };
}

const made = [
  delivery('d1', {}),
  delivery('d2', {
    number: 2,
    type: 'user_message',
    status: 'given-up',
    tries: 10,
    answer: 'timeout',
    createdMs: START_MS + 1,
  }),
  delivery('d3', {
    number: 3,
    type: 'ended',
    status: 'waiting',
    tries: 0,
    triedMs: null,
    answer: null,
    createdMs: START_MS + 2,
  }),
];

let folder: string;
let parley: CommandLine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-deliveries-'));
  parley = new CommandLine({ DATABASE_URL: `file:${folder}/parley.db` });
  const onDisk = await openSqliteStore({ file: join(folder, 'parley.db'), log: silentLog });
  for (const store of [onDisk, parley.store]) {
    await store.create(session, []);
    await store.bridge.saveCase(bridgeCase);
    for (const record of made) await store.deliveries.save(record);
  }
  await onDisk.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('handoff deliveries', () => {
  it('list: shows a table, the newest first', async () => {
    const { code, printed } = await parley.run('handoff deliveries list');
    expect(code).toBe(0);
    expect(printed).toEqual([
      'id  case    number  kind          status     tries  lastStatus  createdAt                 triedAt',
      'd3  case-1  3       ended         waiting    0      -           2025-12-31T23:00:00.002Z  -',
      'd2  case-1  2       user_message  given-up   10     timeout     2025-12-31T23:00:00.001Z  2025-12-31T23:00:01.000Z',
      'd1  case-1  1       requested     delivered  1      200         2025-12-31T23:00:00.000Z  2025-12-31T23:00:01.000Z',
    ]);
  });

  it.each([
    ['--case case-1', 'd3 d2 d1'],
    ['--case other', ''],
    ['--status given-up', 'd2'],
    ['--since 2h', 'd3 d2 d1'],
    ['--since 10m', ''],
    ['--limit 1', 'd3'],
  ])('list %s', async (options, ids) => {
    const { printed } = await parley.run(`handoff deliveries list ${options} --format json`);
    const rows = JSON.parse(printed.join('\n')) as { id: string }[];
    expect(rows.map(({ id }) => id).join(' ')).toBe(ids);
  });

  it('show: how it went, and what it says', async () => {
    const { printed } = await parley.run('handoff deliveries show d2');
    expect(printed).toContain('status: given-up');
    expect(printed).toContain('session: s1');
    expect(printed).toContain('  "id": "d2"');
    const { printed: data } = await parley.run('handoff deliveries show d2 --json');
    expect(JSON.parse(data.join('\n'))).toMatchObject({ desk: 'concierge', tries: 10, body: { id: 'd2' } });
  });

  it('replay: has a delivery wait again', async () => {
    const { code, printed } = await parley.run('handoff deliveries replay d2');
    expect([code, printed]).toEqual([0, ['Delivery d2 waits to be made again.']]);
    const waiting = await parley.store.deliveries.waiting();
    expect(waiting.map(({ id, tries, dueMs }) => [id, tries, dueMs])).toEqual([
      ['d2', 0, parley.time.nowMs()],
      ['d3', 0, START_MS],
    ]);
    expect(parley.openDatabases).toBe(0);
  });

  it.each([
    ['show', 2, 'Which delivery?'],
    ['show nothing', 1, 'There is no delivery "nothing".'],
    ['replay nothing', 1, 'There is no delivery "nothing".'],
    ['replay d1 d2', 2, 'One delivery at a time'],
    ['list --status lost', 2, '--status must be one of'],
    ['paint', 2, 'There is no command "handoff deliveries".'],
  ])('%s: code %i', async (line, code, complaint) => {
    const outcome = await parley.run(`handoff deliveries ${line}`);
    expect(outcome).toMatchObject({ code, printed: [], complaints: expect.stringContaining(complaint) });
  });
});

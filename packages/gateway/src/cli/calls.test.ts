import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEvent, type JournaledEvent } from '@parley/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../kit/index.ts';
import type { SessionInfo } from '../messaging/index.ts';
import { openSqliteStore } from '../store/index.ts';
import type { CallFigures, CallRecord } from '../voice/index.ts';
import { CommandLine, type Outcome } from './test/command-line.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 1) - 10 * HOUR_MS;

let folder: string;
let parley: CommandLine;

const noFigures: CallFigures = {
  offerToAnswerMs: null,
  answerToConnectedMs: null,
  connectedToFirstAudioMs: null,
  path: null,
  signalingDrops: 0,
  signalingReattaches: 0,
  interruptions: 0,
  up: null,
  down: null,
};

function call(callId: string, changes: Partial<CallRecord>): CallRecord {
  return {
    callId,
    callSid: null,
    sessionId: null,
    connectorId: 'web',
    account: 'acme',
    project: 'shop',
    agentId: 'concierge',
    variantId: null,
    build: null,
    requestedMode: 'echo',
    mode: 'echo',
    tokenKind: 'connector',
    userAgent: null,
    startedMs: START_MS,
    connectedMs: null,
    endedMs: null,
    outcome: null,
    human: null,
    figures: noFigures,
    ...changes,
  };
}

const talk = call('call-2', {
  callSid: 'CA1',
  sessionId: 's1',
  requestedMode: 'end-to-end',
  mode: 'traditional',
  userAgent: 'test',
  startedMs: START_MS + HOUR_MS,
  connectedMs: START_MS + HOUR_MS + 200,
  endedMs: START_MS + HOUR_MS + 61_000,
  outcome: 'user_close',
  human: { personIds: ['grace', 'noor'], onLineMs: 12_300 },
  figures: {
    offerToAnswerMs: 12.4,
    answerToConnectedMs: 187,
    connectedToFirstAudioMs: 420,
    path: 'host/relay udp',
    signalingDrops: 2,
    signalingReattaches: 1,
    interruptions: 3,
    turns: [{ part: 'barge-in', count: 3, medianMs: 160, longestMs: 190 }],
    up: { packets: 2990, lost: 10, jitterMs: 4.25, rttMs: 38.2, concealedMs: 60, mos: 4.31 },
    down: { packets: 3000, lost: 0, jitterMs: 1, rttMs: null, concealedMs: null, mos: null },
  },
});

const session: SessionInfo = {
  id: 's1',
  connectorId: 'web',
  account: 'acme',
  project: 'shop',
  agentId: 'concierge',
  variantId: null,
  subject: 'voice',
  door: 'voice',
  channel: 'voice',
  streaming: true,
  platform: 'custom',
  deviceType: null,
  userAgent: null,
  contextId: null,
  createdMs: START_MS + HOUR_MS,
};
const said: JournaledEvent = { type: 'user-message', messageId: 'm1', text: 'Hello there' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-calls-'));
  parley = new CommandLine({ DATABASE_URL: `file:${folder}/parley.db` });
  const store = await openSqliteStore({ file: join(folder, 'parley.db'), log: silentLog });
  const timestamp = new Date(session.createdMs).toISOString();
  const text = encodeEvent({ id: 'e1', sequence: 1, timestamp, event: said });
  await store.create(session, [{ position: 1, sequence: 1, atMs: session.createdMs, text }]);
  store.saveCall(call('call-1', { project: 'help' }));
  store.saveCall(talk);
  store.saveCall(call('call-3', { startedMs: START_MS + 2 * HOUR_MS, sessionId: 'gone' }));
  await store.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a line that must succeed. */
async function run(line: string): Promise<Outcome> {
  const outcome = await parley.run(line);
  expect([outcome.code, outcome.complaints]).toEqual([0, '']);
  return outcome;
}

describe('calls list', () => {
  it('shows a table, the newest first', async () => {
    expect((await run('calls list')).printed).toEqual([
      'id      startedAt                 seconds  project  agent      mode         outcome     session',
      'call-3  2025-12-31T16:00:00.000Z  -        shop     concierge  echo         -           gone',
      'call-2  2025-12-31T15:00:00.000Z  61       shop     concierge  traditional  user_close  s1',
      'call-1  2025-12-31T14:00:00.000Z  -        help     concierge  echo         -           -',
    ]);
  });

  it.each([
    ['calls list', ['call-3', 'call-2', 'call-1']],
    ['calls list --project help', ['call-1']],
    ['calls list --since 9h', ['call-3', 'call-2']],
    ['calls list --since 2025-12-31T16:00:00Z', ['call-3']],
    ['calls list --limit 1', ['call-3']],
    ['calls list --limit 0', []],
  ])('%s', async (line, ids) => {
    const { printed } = await run(`${line} --json`);
    expect((JSON.parse(printed.join('\n')) as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });

  it('gives everything as JSON', async () => {
    const { printed } = await run('calls list --json');
    const [, record] = JSON.parse(printed.join('\n')) as unknown[];
    expect(record).toMatchObject({ callSid: 'CA1', requestedMode: 'end-to-end', figures: talk.figures });
  });
});

describe('calls show', () => {
  it.each(['call-2', 'CA1'])('%s: shows the call, its figures and what was said', async (id) => {
    expect((await run(`calls show ${id}`)).printed).toEqual([
      'id: call-2',
      'callSid: CA1',
      'startedAt: 2025-12-31T15:00:00.000Z',
      'connectedAt: 2025-12-31T15:00:00.200Z',
      'endedAt: 2025-12-31T15:01:01.000Z',
      'seconds: 61',
      'outcome: user_close',
      'people: grace, noor',
      'peopleSeconds: 12',
      'session: s1',
      'connector: web',
      'account: acme',
      'project: shop',
      'agent: concierge',
      'mode: traditional',
      'requestedMode: end-to-end',
      'token: connector',
      'userAgent: test',
      'set-up: answer 12 ms, connection 187 ms, first audio 420 ms',
      'path: host/relay udp',
      'signaling: lost 2 times, back 1 times',
      'interruptions: 3',
      'from an interruption to silence: 3 times, median 160 ms, longest 190 ms',
      'from the caller: 2990 packets, 10 lost (0.3 %), jitter 4.3 ms, round trip 38 ms, concealed 60 ms, MOS 4.3',
      'to the caller: 3000 packets, 0 lost (0.0 %), jitter 1.0 ms',
      '',
      '2025-12-31T15:00:00.000Z  user',
      '  Hello there',
    ]);
  });

  it('gives everything as JSON', async () => {
    const { printed } = await run('calls show CA1 --json');
    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      id: 'call-2',
      seconds: 61,
      variant: null,
      figures: talk.figures,
      messages: [{ speaker: 'user', text: 'Hello there' }],
    });
  });

  it('shows a call without a session, and one whose session is gone', async () => {
    for (const id of ['call-1', 'call-3']) {
      const { printed } = await run(`calls show ${id}`);
      expect(printed).toContain('mode: echo');
      expect(printed).not.toContain('');
    }
  });

  it.each([
    ['calls show', 2, 'Which call?'],
    ['calls show call-1 call-2', 2, 'One call at a time'],
    ['calls show nobody', 1, 'There is no call "nobody".'],
    ['calls list --since soon', 2, '--since needs a date'],
    ['calls list --limit few', 2, '--limit needs a whole number.'],
  ])('%s: code %i', async (line, code, complaint) => {
    expect(await parley.run(line)).toMatchObject({ code, printed: [], complaints: expect.stringContaining(complaint) });
  });
});

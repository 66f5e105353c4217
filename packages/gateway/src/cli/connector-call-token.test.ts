import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CallTokens, type CallToken } from '../identity/index.ts';
import { CommandLine, SIGNING_SECRET } from './test/command-line.ts';

let folder: string;
let parley: CommandLine;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-call-token-'));
  const chat = 'chat: { provider: script, script: demo }';
  const versions = 'artifactVersion: "7", lambdaDeploymentVersion: "3"';
  writeFileSync(
    join(folder, 'parley.yaml'),
    `agents: { ada: { ${chat}, variants: { formal: {} }, builds: { july: { ${versions} } } } }`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  parley = new CommandLine({ PARLEY_CONFIG: join(folder, 'parley.yaml') });
  expect(await parley.run('connector add web --agent ada --account acme --project shop')).toMatchObject({ code: 0 });
});

/** Runs a line that must succeed, and shows the token it made to a server. */
async function made(line: string): Promise<{ token: string; verify: () => Promise<CallToken | undefined> }> {
  const { code, complaints, printed } = await parley.run(`${line} --json`);
  expect([code, complaints, printed.length]).toEqual([0, '', 1]);
  const { callToken: token } = JSON.parse(printed[0] ?? '') as { callToken: string };
  const server = new CallTokens({ secrets: [SIGNING_SECRET], connectors: parley.server, clock: parley.time });
  return { token, verify: () => server.verify(token) };
}

it('prints a token for calls that a server takes for an hour', async () => {
  const { token, verify } = await made('connector call-token web');
  expect(token).toMatch(/^[A-Za-z0-9._~-]+$/);
  expect(await verify()).toMatchObject({ connector: { id: 'web' }, kind: 'console', mayEcho: false });
  parley.time.advance(3_599_000);
  expect(await verify()).toBeDefined();
  parley.time.advance(1000);
  expect(await verify()).toBeUndefined();
});

it('pins what it is told to, for as long as it is told', async () => {
  const { verify } = await made('connector call-token web --variant formal --build july --echo --minutes 5');
  expect(await verify()).toMatchObject({ variantId: 'formal', build: 'july', mayEcho: true });
  parley.time.advance(300_000);
  expect(await verify()).toBeUndefined();
});

it('says what the token is for', async () => {
  const { printed } = await parley.run('connector call-token demo --minutes 5');
  expect(printed).toEqual([
    'A token for calls through "demo", good for 5 min. What follows is not shown again.',
    expect.stringMatching(/^callToken: \S+$/),
  ]);
});

it.each([
  ['connector call-token', 2, 'Which connector?'],
  ['connector call-token gone', 1, 'There is no connector "gone".'],
  ['connector call-token web --variant rude', 1, 'The agent "ada" has no variant "rude" (there are: formal).'],
  ['connector call-token demo --build july', 1, 'The agent "demo" has no build "july" (there are: none).'],
  ['connector call-token web --variant constructor', 1, 'The agent "ada" has no variant "constructor"'],
  ['connector call-token web --minutes 0', 2, '--minutes may be 1 to 1440.'],
  ['connector call-token web --minutes 1441', 2, '--minutes may be 1 to 1440.'],
  ['connector call-token web --minutes soon', 2, '--minutes needs a whole number.'],
])('%s: code %i', async (line, code, complaint) => {
  expect(await parley.run(line)).toMatchObject({ code, printed: [], complaints: expect.stringContaining(complaint) });
  expect(parley.openDatabases).toBe(0);
});

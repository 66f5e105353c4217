import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Connectors } from './identity/index.ts';
import { silentLog, systemClock } from './kit/index.ts';
import { openSqliteStore, type Store } from './store/index.ts';

vi.setConfig({ testTimeout: 30_000 });

const program = fileURLToPath(new URL('cli.ts', import.meta.url));

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-program-'));
  store = await openSqliteStore({ file: join(folder, 'data/parley.db'), log: silentLog });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Runs the program as npx does: by its file, with the lockfile's Node on the PATH. */
async function parley(...args: string[]): Promise<{ code: unknown; out: string; complaints: string }> {
  const env = { PATH: dirname(process.execPath) };
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, complaints, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, complaints };
}

it('the program makes connectors that a running server sees, and lets them go', async () => {
  const server = new Connectors({ configured: [], store, clock: systemClock });
  const added = await parley('connector', 'add', 'web', '--host', 'example.com', '--json');
  expect(added).toMatchObject({ code: 0, complaints: '' });
  const { token } = JSON.parse(added.out) as { token: string };
  expect(token).toMatch(/^ct_[\w-]{32}$/);
  expect(await server.byToken(token)).toMatchObject({ id: 'web', hosts: [{ kind: 'domain', value: 'example.com' }] });

  const listed = await parley('connector', 'list');
  expect(listed.out).toMatch(/^web .*database$/m);
  expect(listed.out).not.toContain(token);

  expect(await parley('connector', 'remove', 'web')).toMatchObject({ code: 0 });
  expect(await server.byToken(token)).toBeUndefined();
});

it('the program says with its exit code how it went, and keeps complaints off its output', async () => {
  expect(await parley('sessions', 'list')).toEqual({ code: 0, out: '', complaints: '' });
  expect(await parley('sessions', 'show', 'gone')).toEqual({
    code: 1,
    out: '',
    complaints: 'There is no session "gone".\n',
  });
  const misspelt = await parley('session', 'list');
  expect([misspelt.code, misspelt.out]).toEqual([2, '']);
  expect(misspelt.complaints).toContain('There is no command "session list".');
});

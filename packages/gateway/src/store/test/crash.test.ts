import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../kit/index.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { entriesAt } from './sample-sessions.ts';

const SESSIONS = 8;
const PROCESS = fileURLToPath(new URL('./appending-process.ts', import.meta.url));

describe('a process that is killed', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-crash-'));
    file = join(folder, 'parley.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Lets a process append until it has acknowledged so much, kills it, and says what it acknowledged last. */
  async function appendUntilKilled(acknowledgements: number): Promise<Map<string, number>> {
    const child = spawn(process.execPath, [PROCESS, file, String(SESSIONS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged = new Map<string, number>();
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const [id = '', position] = line.split(' ');
      acknowledged.set(id, Number(position));
      if (++count === acknowledgements) child.kill('SIGKILL');
    }
    if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    return acknowledged;
  }

  it('has lost nothing it acknowledged, and left no hole', { timeout: 60_000 }, async () => {
    for (const acknowledgements of [1, 300, 1_000, 2_500]) {
      const acknowledged = await appendUntilKilled(acknowledgements);
      const store = await openSqliteStore({ file, log: silentLog });
      for (const [id, position] of acknowledged) {
        const entries = (await store.load(id))?.entries ?? [];
        expect(entries.length).toBeGreaterThanOrEqual(position);
        expect(entries).toEqual(entriesAt(1, entries.length));
      }
      await store.close();
    }
  });
});

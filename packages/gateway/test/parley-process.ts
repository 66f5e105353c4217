// Parley as a process of its own, the way `npm start` runs it: to be signalled, killed and started again.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** Where this process keeps what it has compiled; those that find it there start in half the time. */
const compiledFolder = getCompileCacheDir();
const compiledBefore = compiledFolder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiledFolder) };

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running process. */
export interface ParleyProcess {
  /** Where it listens; rejects with what it wrote when it ends before that. */
  url: Promise<string>;
  kill(signal: NodeJS.Signals): void;
  exit: Promise<Exit>;
  /** Resolves when a log line with this sentence was written. */
  logged(sentence: string): Promise<void>;
  /** What it wrote so far. */
  readonly output: { out: string; err: string };
}

/** A folder whose processes find what former ones left. */
export interface DataFolder {
  path: string;
  /** Starts a process on a free port. Variables are those of the run contract. */
  start(variables?: Record<string, string>): ParleyProcess;
  /** Kills what still runs and removes the folder. */
  remove(): Promise<void>;
}

/** A fresh folder. */
export function dataFolder(): DataFolder {
  const path = mkdtempSync(join(tmpdir(), 'parley-'));
  const started: { child: ChildProcess; process: ParleyProcess }[] = [];
  return {
    path,
    start(variables = {}) {
      const env = { PORT: '0', LOG_LEVEL: 'info', ...compiledBefore, ...variables };
      const child = spawn(process.execPath, [MAIN], { cwd: path, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const running = watched(child);
      started.push({ child, process: running });
      return running;
    },
    async remove() {
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map((each) => each.process.exit));
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function watched(child: ChildProcess): ParleyProcess {
  const output = { out: '', err: '' };
  const waiters = new Set<() => void>();
  const wrote = (): void => {
    for (const waiter of waiters) waiter();
  };
  child.stdout?.on('data', (data: Buffer) => {
    output.out += data.toString();
    wrote();
  });
  child.stderr?.on('data', (data: Buffer) => (output.err += data.toString()));
  const exit = new Promise<Exit>((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));

  function lineWith(sentence: string): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const line = output.out.split('\n').find((each) => each.includes(`"msg":"${sentence}"`));
        if (!line) return;
        waiters.delete(look);
        resolve(JSON.parse(line) as Record<string, unknown>);
      };
      waiters.add(look);
      look();
      void exit.then(() => reject(new Error(`ended without "${sentence}":\n${output.out}${output.err}`)));
    });
  }

  const url = lineWith('Parley is listening').then((line) => String(line['url']));
  url.catch(() => {});
  return {
    url,
    exit,
    output,
    kill: (signal) => void child.kill(signal),
    logged: async (sentence) => void (await lineWith(sentence)),
  };
}

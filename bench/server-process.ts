// A server under test as a process of its own: starts it, asks what it uses, stops it by its id.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a process holds, after a garbage collection. */
export interface Holdings {
  rssBytes: number;
  /** Of JavaScript. */
  heapBytes: number;
  threads: number;
}

/** What a server process says to the bench. */
type ServerReport =
  | { kind: 'listening'; port: number }
  | { kind: 'cpu'; cpuSeconds: number }
  | ({ kind: 'memory' } & Holdings);

/** A server that runs. */
export interface ServerProcess {
  port: number;
  /** User and system time of all its threads since it began. */
  cpuSeconds(): Promise<number>;
  memory(): Promise<Holdings>;
  stop(): Promise<void>;
}

/** How Node is told to run the gateway, by `npm start` and so here. */
export const gatewayFlags: readonly string[] = JSON.parse(
  readFileSync(new URL('../packages/gateway/node-flags.json', import.meta.url), 'utf8'),
) as string[];

/** Starts `file` (a path from this folder) with the given arguments and waits until it listens. */
export async function startServer(
  file: string,
  args: readonly string[] = [],
  nodeFlags: readonly string[] = [],
): Promise<ServerProcess> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [...args], {
    execArgv: ['--expose-gc', ...nodeFlags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const listening = await nextReport(child, 'listening');
  return {
    port: listening.port,
    async cpuSeconds() {
      child.send('cpu');
      return (await nextReport(child, 'cpu')).cpuSeconds;
    },
    async memory() {
      child.send('memory');
      return nextReport(child, 'memory');
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Starts Parley with a configuration file, as `npm start` does. */
export function startParley(configFile: string): Promise<ServerProcess> {
  return startServer('parley-server.ts', [configFile], gatewayFlags);
}

/** The other side: tells the bench the port, and what it uses whenever it asks. */
export function reportToBench(port: number): void {
  const say = (report: ServerReport): void => void process.send?.(report);
  process.on('message', (question) => say(question === 'cpu' ? cpuReport() : memoryReport()));
  say({ kind: 'listening', port });
}

function cpuReport(): ServerReport {
  const { user, system } = process.cpuUsage();
  return { kind: 'cpu', cpuSeconds: (user + system) / 1e6 };
}

function memoryReport(): ServerReport {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { kind: 'memory', rssBytes: rss, heapBytes: heapUsed, threads: readdirSync('/proc/self/task').length };
}

function nextReport<Kind extends ServerReport['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<ServerReport, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`the server under test ended with ${code}`));
    child.once('exit', onExit);
    child.on('message', function receive(report: ServerReport) {
      if (report.kind !== kind) return;
      child.off('message', receive);
      child.off('exit', onExit);
      resolve(report as Extract<ServerReport, { kind: Kind }>);
    });
  });
}

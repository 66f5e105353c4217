// A server under test as a process of its own: starts it, asks it for its memory, stops it by its id.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a server process says to the bench. */
export type ServerReport = { kind: 'listening'; port: number } | { kind: 'memory'; rssBytes: number };

/** A server that runs. */
export interface ServerProcess {
  port: number;
  /** Resident bytes after a garbage collection. */
  rssBytes(): Promise<number>;
  /** User and system CPU seconds it has used. */
  stop(): Promise<void>;
}

/** Starts `file` (beside this one) with the given arguments and waits until it listens. */
export async function startServer(file: string, args: readonly string[] = []): Promise<ServerProcess> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [...args], { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const listening = await nextReport(child, 'listening');
  return {
    port: listening.port,
    async rssBytes() {
      child.send('memory');
      return (await nextReport(child, 'memory')).rssBytes;
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** The other side: tells the bench the port, and its memory whenever it asks. */
export function reportToBench(port: number): void {
  const say = (report: ServerReport): void => void process.send?.(report);
  process.on('message', () => {
    globalThis.gc?.();
    globalThis.gc?.();
    say({ kind: 'memory', rssBytes: process.memoryUsage().rss });
  });
  say({ kind: 'listening', port });
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

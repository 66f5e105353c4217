// Who takes part in the bench of echoes: a server, and the ways to connect clients to it.
import { rm } from 'node:fs/promises';
import { writeParleyConfig } from '../parley-config.ts';
import { startParley, startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { connect } from './chatters.ts';
import type { Chatter } from './chatters.ts';
import { connectIdle, connectQueued, gather } from './parley-sessions.ts';

/** A server that runs. */
export interface Contestant {
  server: ServerProcess;
  /** Clients that will be silent. */
  connectIdle(count: number): Promise<Chatter[]>;
  /** Clients whose messages bring their echo and nothing else. */
  connectTalking(count: number): Promise<Chatter[]>;
  end(): Promise<void>;
}

/** A peer by its file in this folder. */
export async function startPeer(file: string): Promise<Contestant> {
  const server = await startServer(`chat/${file}`);
  const connectPeer = (count: number) => gather(count, () => connect(`ws://127.0.0.1:${server.port}/`));
  return { server, connectIdle: connectPeer, connectTalking: connectPeer, end: () => server.stop() };
}

/** Parley with its database on a disk, and with a queue of humans that never answer. */
export async function startQueueOn(disk?: string): Promise<Contestant> {
  const { file, directory } = await writeParleyConfig('{ provider: script, script: demo }', disk);
  const server = await startParley(file);
  return {
    server,
    connectIdle: (count) => connectIdle(server.port, count),
    connectTalking: (count) => connectQueued(server.port, count),
    async end() {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}

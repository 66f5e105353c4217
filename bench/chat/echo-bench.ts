// Durable echo beside a bare echo: latency at a walking pace, throughput at the limit, memory of idle sockets.
import { rm } from 'node:fs/promises';
import { writeParleyConfig } from '../parley-config.ts';
import { percentile } from '../percentiles.ts';
import { startParley, startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { atOnePerSecond, connect, disconnect, saturated } from './chatters.ts';
import type { Chatter } from './chatters.ts';
import { connectIdle, connectQueued, gather } from './parley-sessions.ts';

/** What was measured of one server. */
export interface EchoResult {
  p50Ms: number;
  p99Ms: number;
  echoesPerSecond: number;
  bytesPerIdleConnection: number;
}

/** How large a run is. */
export interface EchoLoad {
  sessions: number;
  paceSeconds: number;
  saturationSeconds: number;
}

interface Contestant {
  server: ServerProcess;
  connectIdle(count: number): Promise<Chatter[]>;
  connectTalking(count: number): Promise<Chatter[]>;
}

/** Measures the bare server. */
export function benchBare(load: EchoLoad): Promise<EchoResult> {
  return benchPeer('chat/bare-server.ts', load);
}

/** Measures the bare server that flushes what it was sent to the disk before it echoes it. */
export function benchFlushing(load: EchoLoad): Promise<EchoResult> {
  return benchPeer('chat/flushing-server.ts', load);
}

async function benchPeer(file: string, load: EchoLoad): Promise<EchoResult> {
  const server = await startServer(file);
  const connectPeer = (count: number) => gather(count, () => connect(`ws://127.0.0.1:${server.port}/`));
  try {
    return await measure({ server, connectIdle: connectPeer, connectTalking: connectPeer }, load);
  } finally {
    await server.stop();
  }
}

/** Measures Parley, with a queue of humans that never answer so that only echoes come back. */
export async function benchParley(load: EchoLoad): Promise<EchoResult> {
  const { file, directory } = await writeParleyConfig('{ provider: script, script: demo }');
  const server = await startParley(file);
  try {
    return await measure(
      {
        server,
        connectIdle: (count) => connectIdle(server.port, count),
        connectTalking: (count) => connectQueued(server.port, count),
      },
      load,
    );
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
}

async function measure(contestant: Contestant, load: EchoLoad): Promise<EchoResult> {
  const { server } = contestant;
  // What the first connections cost once (compiled code, a larger young generation) isn't the price of a connection,
  // so the price is read off those that come after them.
  const first = await contestant.connectIdle(load.sessions);
  const beforeBytes = (await server.memory()).rssBytes;
  const more = await contestant.connectIdle(load.sessions * 2);
  const bytesPerIdleConnection = ((await server.memory()).rssBytes - beforeBytes) / more.length;
  disconnect([...first, ...more]);
  const chatters = await contestant.connectTalking(load.sessions);
  await atOnePerSecond(chatters, 2);
  const echoMs = await atOnePerSecond(chatters, load.paceSeconds);
  const echoesPerSecond = await saturated(chatters, load.saturationSeconds);
  disconnect(chatters);
  return {
    p50Ms: percentile(echoMs, 0.5),
    p99Ms: percentile(echoMs, 0.99),
    echoesPerSecond,
    bytesPerIdleConnection,
  };
}

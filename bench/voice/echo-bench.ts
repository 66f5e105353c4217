import { once } from 'node:events';
// Echo calls through Parley beside a bare loop of node-datachannel: what a packet costs, and how long it takes.
import { rm } from 'node:fs/promises';
import { writeParleyConfig } from '../parley-config.ts';
import { startParley, startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { heard, startPart } from './child-process.ts';
import type { Echoes } from './echo-callers.ts';

/** What was measured of one server. */
export interface EchoCost extends Echoes {
  /** Of the server's process, native threads included; a packet in and its echo out. */
  cpuMicrosPerPacket: number;
}

/** How large a run is. */
export interface EchoLoad {
  calls: number;
  seconds: number;
}

/** Measures the bare loop. */
export async function benchBareLoop(load: EchoLoad): Promise<EchoCost> {
  return measure(await startServer('voice/bare-loop-server.ts'), load);
}

/** Measures Parley's echo mode. */
export async function benchEcho(load: EchoLoad): Promise<EchoCost> {
  const { file, directory } = await writeParleyConfig('{ provider: script, script: demo }');
  try {
    return await measure(await startParley(file), load);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function measure(server: ServerProcess, { calls, seconds }: EchoLoad): Promise<EchoCost> {
  try {
    const callers = startPart('echo-callers.ts', [server.port, calls, seconds]);
    await heard<'ready'>(callers);
    const before = await server.cpuSeconds();
    callers.send('begin');
    const echoes = await heard<Echoes>(callers);
    const cpuSeconds = (await server.cpuSeconds()) - before;
    const gone = once(callers, 'exit');
    callers.send('end');
    await gone;
    return { ...echoes, cpuMicrosPerPacket: (cpuSeconds * 1e6) / echoes.sent };
  } finally {
    await server.stop();
  }
}

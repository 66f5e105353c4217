// From a model's first token to the first streamed chunk at the client, with many answers under way at once.
import { rm } from 'node:fs/promises';
import type { RawData } from 'ws';
import { writeParleyConfig } from '../parley-config.ts';
import { percentile } from '../percentiles.ts';
import { startParley, startServer } from '../server-process.ts';
import { connect, disconnect } from './chatters.ts';
import type { Chatter } from './chatters.ts';
import { createSession, gather, sendAndAwait } from './parley-sessions.ts';

/** What was measured. */
export interface StreamResult {
  p50Ms: number;
  p99Ms: number;
  answers: number;
}

/** How large a run is. */
export interface StreamLoad {
  streams: number;
  seconds: number;
}

/** Measures a relay that knows no sessions and stores nothing; or, as `flushing`, has each text on the disk first. */
export function benchRelay(load: StreamLoad, kind: 'bare' | 'flushing'): Promise<StreamResult> {
  return withUpstream(async (upstreamPort) => {
    const relay = await startServer('chat/relay-server.ts', [String(upstreamPort), kind]);
    try {
      return await measure(await gather(load.streams, () => connect(`ws://127.0.0.1:${relay.port}/`)), load);
    } finally {
      await relay.stop();
    }
  });
}

/** Measures Parley with its database on a disk. */
export function benchStreams(load: StreamLoad, disk?: string): Promise<StreamResult> {
  return withUpstream(async (upstreamPort) => {
    const { file, directory } = await writeParleyConfig(
      `{ provider: llm, model: compatible/bench, instructions: "Answer.", greeting: "Hello. ", baseUrl: "http://127.0.0.1:${upstreamPort}/v1", apiKey: none, tools: [] }`,
      disk,
    );
    const server = await startParley(file);
    try {
      return await measure(await gather(load.streams, () => connectGreeted(server.port)), load);
    } finally {
      await server.stop();
      await rm(directory, { recursive: true });
    }
  });
}

async function withUpstream<Result>(use: (port: number) => Promise<Result>): Promise<Result> {
  const upstream = await startServer('chat/upstream-server.ts');
  try {
    return await use(upstream.port);
  } finally {
    await upstream.stop();
  }
}

async function connectGreeted(port: number): Promise<Chatter> {
  const chatter = await connect(await createSession(port, { streaming: true }));
  await sendAndAwait(chatter, '{"type":"EVENT_TYPE_REQUEST_POLY_AGENT_JOIN","payload":{}}', '"is_complete":true');
  return chatter;
}

/** Keeps an answer under way for each chatter, none begun at the same moment as another. */
async function measure(chatters: readonly Chatter[], { seconds }: StreamLoad): Promise<StreamResult> {
  const samples = await talk(chatters, seconds);
  disconnect(chatters);
  return { p50Ms: percentile(samples, 0.5), p99Ms: percentile(samples, 0.99), answers: samples.length };
}

async function talk(chatters: readonly Chatter[], seconds: number): Promise<number[]> {
  const samples: number[] = [];
  const endMs = performance.now() + seconds * 1000;
  const talks = chatters.map(async (chatter, index) => {
    chatter.socket.on('message', (data: RawData) => {
      const arrivedNs = process.hrtime.bigint();
      const leftNs = /"text":"at:(\d+) /.exec((data as Buffer).toString())?.[1];
      if (leftNs !== undefined) samples.push(Number(arrivedNs - BigInt(leftNs)) / 1e6);
    });
    await new Promise((resolve) => setTimeout(resolve, (index / chatters.length) * 3000));
    while (performance.now() < endMs) {
      await sendAndAwait(
        chatter,
        '{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":"Go on"}}',
        '"is_complete":true',
      );
    }
  });
  await Promise.all(talks);
  // The first round compiles code; what counts is the service that runs.
  return samples.slice(chatters.length);
}

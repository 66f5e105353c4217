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

/** Keeps `streams` answers under way for `seconds`, none begun at the same moment as another. */
export async function benchStreams({ streams, seconds }: { streams: number; seconds: number }): Promise<StreamResult> {
  const upstream = await startServer('chat/upstream-server.ts');
  const { file, directory } = await writeParleyConfig(
    `{ provider: llm, model: compatible/bench, instructions: "Answer.", greeting: "Hello. ", baseUrl: "http://127.0.0.1:${upstream.port}/v1", apiKey: none, tools: [] }`,
  );
  const server = await startParley(file);
  try {
    const chatters = await gather(streams, async () => {
      const chatter = await connect(await createSession(server.port, { streaming: true }));
      await sendAndAwait(chatter, '{"type":"EVENT_TYPE_REQUEST_POLY_AGENT_JOIN","payload":{}}', '"is_complete":true');
      return chatter;
    });
    const samples = await talk(chatters, seconds);
    disconnect(chatters);
    return { p50Ms: percentile(samples, 0.5), p99Ms: percentile(samples, 0.99), answers: samples.length };
  } finally {
    await server.stop();
    await upstream.stop();
    await rm(directory, { recursive: true });
  }
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

// How long it takes until everybody at the desk sees that somebody waits, while other sessions chat.
import { rm } from 'node:fs/promises';
import { atOnePerSecond, connect, disconnect } from '../chat/chatters.ts';
import type { Chatter } from '../chat/chatters.ts';
import { createSession, gather, sendAndAwait } from '../chat/parley-sessions.ts';
import { writeParleyConfig } from '../parley-config.ts';
import { percentile } from '../percentiles.ts';
import { startParley } from '../server-process.ts';
import { addStaff, openFeed, signIn } from './desk-staff.ts';

/** How large a run is. */
export interface DeskLoad {
  desks: number;
  /** Sessions that chat with the agent, each once per second. */
  sessions: number;
  /** Visitors who ask for a person, five per second. */
  visitors: number;
}

/** From the words of a visitor to the news on a desk; a sample per visitor and desk. */
export interface DeskResult {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  samples: number;
  /** Desks that were never told of a visitor. */
  missed: number;
}

const BETWEEN_VISITORS_MS = 200;
const JOIN = '{"type":"EVENT_TYPE_REQUEST_POLY_AGENT_JOIN","payload":{}}';
const ASK = '{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":"human"}}';

/** Measures it. */
export async function benchQueue({ desks, sessions, visitors }: DeskLoad): Promise<DeskResult> {
  const { file, directory } = await writeParleyConfig('{ provider: script, script: demo }');
  const staff = await addStaff(file, desks);
  const server = await startParley(file);
  const { port } = server;
  const askedMs = new Map<string, number>();
  const samples: number[] = [];
  try {
    let number = 0;
    const feeds = await gather(desks, async () => {
      const index = number++;
      const token = await signIn(port, staff[index] ?? { id: '', password: '' }, `127.0.0.${2 + index}`);
      const seen = new Set<string>();
      return openFeed(port, token, (frame) => {
        const atMs = performance.now();
        const sessionId = newlyWaiting(frame);
        if (sessionId === undefined || seen.has(sessionId)) return;
        seen.add(sessionId);
        samples.push(atMs - (askedMs.get(sessionId) ?? Number.NaN));
      });
    });
    const chatting = await gather(sessions, () => joined(port));
    const asking = await gather(visitors, () => joined(port));
    const seconds = Math.ceil((visitors * BETWEEN_VISITORS_MS) / 1000) + 2;
    const chat = atOnePerSecond(chatting, seconds);
    await pause(1000);
    for (const visitor of asking) {
      askedMs.set(sessionIdOf(visitor), performance.now());
      visitor.socket.send(ASK);
      await pause(BETWEEN_VISITORS_MS);
    }
    await chat;
    const missed = visitors * desks - samples.length;
    disconnect([...chatting, ...asking]);
    for (const feed of feeds) feed.terminate();
    return {
      p50Ms: percentile(samples, 0.5),
      p99Ms: percentile(samples, 0.99),
      maxMs: Math.max(...samples),
      samples: samples.length,
      missed,
    };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
}

/** A session whose agent has joined. */
async function joined(port: number): Promise<Chatter> {
  const chatter = await connect(await createSession(port, { streaming: false }));
  await sendAndAwait(chatter, JOIN, 'POLY_AGENT_MESSAGE"');
  return chatter;
}

function sessionIdOf({ socket }: Chatter): string {
  return new URL(socket.url).searchParams.get('session_id') ?? '';
}

function newlyWaiting(frame: Buffer): string | undefined {
  if (!frame.includes('"type":"waiting"')) return undefined;
  return (JSON.parse(frame.toString()) as { waiting: { session_id: string } }).waiting.session_id;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

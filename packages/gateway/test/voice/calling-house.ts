// A whole gateway that can be called: real sockets and real media on loopback, agents and time in the test's hands.
import { onTestFinished } from 'vitest';
import type { Log } from '../../src/kit/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { CallArchive, CallRecord } from '../../src/voice/index.ts';
import { createNativeCaller } from '../../src/voice/index.ts';
import type { NativeCaller, NativeCallerOptions } from '../../src/voice/index.ts';
import { startGateway } from '../driver.ts';
import type { TestGateway, TestSettings } from '../driver.ts';
import { flowingTime } from './flowing-time.ts';
import type { FlowingTime } from './flowing-time.ts';
import { puppetAgents } from './puppet-agents.ts';
import type { PuppetAgents, PuppetOptions } from './puppet-agents.ts';
import { rtpPacket } from './rtp.ts';
import { SignalingClient } from './signaling-client.ts';

/** The tokens of the demo connector. */
export const webCallingToken = 'parley-demo-webrtc-token';
export const connectorToken = 'parley-demo-token';

/** What is different from a gateway in development with puppets for agents. */
export interface HouseSettings extends TestSettings {
  puppets?: PuppetOptions;
}

/** A gateway and what stands around it. */
export interface CallingHouse extends TestGateway {
  time: FlowingTime;
  agents: PuppetAgents;
  /** Every line of the log, as text. */
  log: readonly string[];
  calls: CallArchive;
  /** A new signaling socket. */
  signaling(
    ...args: Parameters<typeof SignalingClient.open> extends [string, ...infer Rest] ? Rest : never
  ): Promise<SignalingClient>;
  /** Cuts a socket's connection, and waits until the gateway has noticed. */
  lose(line: SignalingClient): Promise<void>;
  /** What `/health` says. */
  health(): Promise<{ status: string; activeSessions: number }>;
  /** Resolves when `/health` counts so many calls. */
  untilCalls(count: number): Promise<void>;
  /** Resolves when the record of the call with this `callSid` is complete. */
  ended(callSid: string): Promise<CallRecord>;
  /** Time goes by in strides in which these sockets show that they live. */
  pass(ms: number, sockets: readonly SignalingClient[]): Promise<void>;
}

/** Starts a gateway for one test; it is closed when the test is over. */
export async function callingHouse({ puppets, ...settings }: HouseSettings = {}): Promise<CallingHouse> {
  const time = flowingTime();
  const agents = puppetAgents(puppets);
  const store = createMemoryStore();
  const { log, lines } = keptLog();
  const parts = { clock: time, timers: time, voiceAgents: agents, store, log };
  const parley = await startGateway({ ...parts, ...settings });
  onTestFinished(async () => {
    await parley.gateway.close();
    time.stop();
  });

  const house: CallingHouse = {
    ...parley,
    time,
    agents,
    log: lines,
    calls: store,
    signaling: (...rest) => SignalingClient.open(parley.url, ...rest),
    async lose(line) {
      line.drop();
      await line.closed;
      // What comes over a connection that was opened later is handled later.
      await (await house.signaling()).settle();
    },
    health: async () =>
      (await fetch(`${parley.url}/health`)).json() as Promise<{ status: string; activeSessions: number }>,
    untilCalls: (count) => until(async () => (await house.health()).activeSessions === count),
    async ended(callSid) {
      await until(async () => store.showCall(callSid)?.endedMs !== null && store.showCall(callSid) !== undefined);
      return store.showCall(callSid) as CallRecord;
    },
    async pass(ms, sockets) {
      for (let passedMs = 0; passedMs < ms; passedMs += 20_000) {
        time.skip(Math.min(20_000, ms - passedMs));
        await Promise.all(sockets.map((socket) => socket.ping()));
      }
    },
  };
  return house;
}

/** A caller for one test, closed when it is over. */
export function makeCaller(options: NativeCallerOptions = {}): NativeCaller {
  const caller = createNativeCaller(options);
  onTestFinished(() => caller.close());
  return caller;
}

/** The members of an offer, as on the wire; `null` and absent are told apart. */
export type OfferMembers = Record<string, unknown>;

/** An offer of the demo connector's, in echo mode unless told otherwise. */
export function offerOf(sdp: string, members: OfferMembers = {}): OfferMembers {
  return {
    type: 'offer',
    sessionId: null,
    mode: 'echo',
    authToken: webCallingToken,
    data: { type: 'offer', sdp },
    ...members,
  };
}

/** A call that carries audio. */
export interface PlacedCall {
  caller: NativeCaller;
  line: SignalingClient;
  sessionId: string;
  /** The SDPs. */
  offer: string;
  answer: string;
}

/** Calls, as the SDKs do: the offer has no candidates, they follow the answer. */
export async function placeCall(
  house: CallingHouse,
  members: OfferMembers = {},
  { line: given, caller = makeCaller() }: { line?: SignalingClient; caller?: NativeCaller } = {},
): Promise<PlacedCall> {
  const line = given ?? (await house.signaling());
  const offer = await caller.offer({ candidates: false });
  line.send(offerOf(offer, members));
  const { sessionId, data } = await line.next(({ type }) => type === 'answer' || type === 'error');
  if (data.type !== 'answer') throw new Error(`${data.code}: ${data.message}`);
  caller.applyAnswer(data.sdp as string);
  for (const candidate of await caller.candidates()) line.sendCandidate(sessionId, candidate);
  await caller.connected;
  await answered(caller);
  return { caller, line, sessionId, offer, answer: data.sdp as string };
}

/** Resolves when the gateway is connected, too: an agent's audio comes by itself, an echo when something was said. */
async function answered(caller: NativeCaller): Promise<void> {
  const knock = { payloadType: caller.opusPayloadType, ssrc: caller.ssrc, payload: Uint8Array.of(0xf8, 0xff, 0xfe) };
  let sequence = 60_000;
  const first = caller.nextPacket();
  const knocking = setInterval(() => {
    caller.send(rtpPacket({ ...knock, sequence, timestamp: sequence * 960 }));
    sequence += 1;
  }, 20);
  await first;
  clearInterval(knocking);
}

/** Resolves when the condition holds. The test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

function keptLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write = (fields: Record<string, unknown>, sentence: string): void => {
    lines.push(
      `${sentence} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? String(value.stack) : value))}`,
    );
  };
  return { log: { debug: write, info: write, warn: write, error: write }, lines };
}

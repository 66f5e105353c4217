// Durable echo beside a bare echo: latency at a walking pace, throughput at the limit, memory of idle sockets.
import { percentile } from '../percentiles.ts';
import { atOnePerSecond, disconnect, saturated } from './chatters.ts';
import type { Chatter } from './chatters.ts';
import type { Contestant } from './contestants.ts';

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
  rounds: number;
}

const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 2;
/** Not counted: a server that had nothing to do is slow at first. */
const WAKING_SECONDS = 0.5;

interface Runner {
  bytesPerIdleConnection: number;
  chatters: Chatter[];
  echoMs: number[];
  perSecond: number[];
}

/**
 * Measures servers side by side, and ends them. All are up and warm, and they take turns, in short rounds and changing
 * order, so that whatever else the machine does meets them all alike. Results are in the order of `starts`.
 */
export async function benchEchoes(
  starts: readonly (() => Promise<Contestant>)[],
  load: EchoLoad,
): Promise<EchoResult[]> {
  const contestants: Contestant[] = [];
  try {
    for (const start of starts) contestants.push(await start());
    return await measure(contestants, load);
  } finally {
    for (const contestant of contestants) await contestant.end();
  }
}

async function measure(contestants: readonly Contestant[], { sessions, rounds }: EchoLoad): Promise<EchoResult[]> {
  const runners: Runner[] = [];
  for (const contestant of contestants) runners.push(await enter(contestant, sessions));
  for (let round = 0; round < rounds; round++) {
    for (const { chatters, echoMs } of inTurn(runners, round)) {
      await atOnePerSecond(chatters, WAKING_SECONDS);
      echoMs.push(...(await atOnePerSecond(chatters, ROUND_SECONDS)));
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { chatters, perSecond } of inTurn(runners, round)) {
      perSecond.push(await saturated(chatters, ROUND_SECONDS));
    }
  }
  for (const { chatters } of runners) disconnect(chatters);
  return runners.map(({ bytesPerIdleConnection, echoMs, perSecond }) => ({
    p50Ms: percentile(echoMs, 0.5),
    p99Ms: percentile(echoMs, 0.99),
    echoesPerSecond: percentile(perSecond, 0.5),
    bytesPerIdleConnection,
  }));
}

/** Weighs idle connections, then has others talk until the code that carries them is compiled. */
async function enter(contestant: Contestant, sessions: number): Promise<Runner> {
  const { server } = contestant;
  // What the first connections cost once (compiled code, a larger young generation) isn't the price of a connection,
  // so the price is read off those that come after them.
  const first = await contestant.connectIdle(sessions);
  const beforeBytes = (await server.memory()).rssBytes;
  const more = await contestant.connectIdle(sessions * 2);
  const bytesPerIdleConnection = ((await server.memory()).rssBytes - beforeBytes) / more.length;
  disconnect([...first, ...more]);
  const chatters = await contestant.connectTalking(sessions);
  await saturated(chatters, WARM_UP_SECONDS);
  return { bytesPerIdleConnection, chatters, echoMs: [], perSecond: [] };
}

function inTurn(runners: readonly Runner[], round: number): readonly Runner[] {
  return round % 2 === 0 ? runners : runners.toReversed();
}

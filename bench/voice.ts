// `npm run bench:voice`: Parley's calls beside a bare loop of node-datachannel, in one run on one machine. All on
// loopback; whoever calls is a process of its own that shares the machine. Arguments: calls, seconds (200, 6).
import { benchAgentCalls } from './voice/agent-bench.ts';
import { benchBargeIn } from './voice/barge-in-bench.ts';
import { benchBareLoop, benchEcho } from './voice/echo-bench.ts';
import type { EchoCost } from './voice/echo-bench.ts';
import { benchSuccession } from './voice/succession-bench.ts';

const [calls = 200, seconds = 6] = process.argv.slice(2).map(Number);
const AGENT_CALLS = 60;
const SUCCESSION = { calls: 1000, warmUpCalls: 500 };
const MIB = 1024 * 1024;

// Twice and in turns, for machines that are busy with something else at times: the better run counts.
const bare = [await benchBareLoop({ calls, seconds })];
const parley = [await benchEcho({ calls, seconds })];
bare.push(await benchBareLoop({ calls, seconds }));
parley.push(await benchEcho({ calls, seconds }));
const agent = await benchAgentCalls({ calls: AGENT_CALLS, seconds: 10 });
const bargeIn = await benchBargeIn({ interruptions: 60, atOnce: 3 });
const { answerP50Ms, answerP99Ms, before, after } = await benchSuccession(SUCCESSION);

console.log(`\nEcho calls beside a bare loop of node-datachannel: ${calls} at once, Opus at 50 packets/s each\n`);
const addedMs = best(parley, 'p99Ms') - best(bare, 'p99Ms');
console.table({
  'CPU per packet (µs)': {
    ...both('cpuMicrosPerPacket'),
    ratio: round(best(parley, 'cpuMicrosPerPacket') / best(bare, 'cpuMicrosPerPacket')),
    wanted: 'ratio at most 1.5',
  },
  'there and back, p50 (ms)': { ...both('p50Ms'), ratio: '', wanted: '' },
  'there and back, p99 (ms)': { ...both('p99Ms'), ratio: '', wanted: `added at most 5: ${round(addedMs)}` },
  'packets sent': { ...both('sent'), ratio: '', wanted: '' },
  'packets lost': { ...both('lost'), ratio: '', wanted: '0' },
  "CPU of the callers' process (s)": { ...both('cpuSeconds'), ratio: '', wanted: '' },
});

console.log(
  `\nCalls with agents, in process and without network: ${AGENT_CALLS} at once, half of the time each speaks\n`,
);
console.table({
  'calls per core': { Parley: round(agent.callsPerCore), wanted: 'at least 60' },
  'packets leave late, p50 (ms)': { Parley: round(agent.pacingP50Ms), wanted: '' },
  'packets leave late, p99 (ms)': { Parley: round(agent.pacingP99Ms), wanted: 'at most 5' },
  'frames left out (%)': { Parley: round(agent.missedPercent), wanted: '0' },
  'CPU per 20 ms of a call (µs)': { Parley: round(agent.frame.all), wanted: '' },
  '- jitter buffer, decoding, silence out': { Parley: round(agent.frame.receiving), wanted: '' },
  '- detection of speech': { Parley: round(agent.frame.detection), wanted: '' },
  '- encoding of speech': { Parley: round(agent.frame.speaking), wanted: '' },
});

console.log(`\nThe caller speaks over the agent, ${bargeIn.interruptions} times, over loopback\n`);
console.table({
  'from first packet of speech to last of the agent, p50 (ms)': { Parley: round(bargeIn.p50Ms), wanted: '' },
  'from first packet of speech to last of the agent, p95 (ms)': { Parley: round(bargeIn.p95Ms), wanted: 'at most 200' },
});

console.log(`\nCalls one after the other: ${SUCCESSION.calls}, after ${SUCCESSION.warmUpCalls} others\n`);
console.table({
  'offer to answer, p50 (ms)': { Parley: round(answerP50Ms), after: '', wanted: 'at most 25' },
  'offer to answer, p99 (ms)': { Parley: round(answerP99Ms), after: '', wanted: '' },
  'memory (MiB)': { Parley: round(before.rssBytes / MIB), after: round(after.rssBytes / MIB), wanted: 'flat' },
  'heap (MiB)': { Parley: round(before.heapBytes / MIB), after: round(after.heapBytes / MIB), wanted: 'flat' },
  threads: { Parley: before.threads, after: after.threads, wanted: 'flat' },
});

function both(figure: keyof EchoCost): { bare: number; Parley: number } {
  return { bare: round(best(bare, figure)), Parley: round(best(parley, figure)) };
}

function best(runs: readonly EchoCost[], figure: keyof EchoCost): number {
  return Math.min(...runs.map((run) => run[figure]));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

// A process that holds calls between callers who talk and agents who answer: real audio paths and speech detection, no
// network. Says what it has measured, and ends. Arguments: calls, seconds, and what takes part (`listening,speaking`).
import { browserPackets, createRehearsal, rehearsedSpeech } from '@parley/gateway';
import type { RehearsedCall } from '@parley/gateway';
import { percentile } from '../percentiles.ts';
import { rtpPacket } from './rtp.ts';

/** What was measured. */
export interface AgentCalls {
  /** For each 20 ms of a call. */
  cpuMicros: number;
  /** Share of those that were left out, for want of time. */
  missedShare: number;
  /** How late packets left, ms. */
  p50Ms: number;
  p99Ms: number;
  /** Share of windows in which the detector heard speech: that it listens at all. */
  speechShare: number;
}

const SPEECH_RATE = 24_000;
const TURN_SECONDS = 4;
/** -50 dBFS of noise: rooms aren't silent, and no window is too quiet for the detector. */
const NOISE = 180;
const CALLER_SAYS = 'Hello, I would like to know when the shop in the old town opens on Sundays.';
const AGENT_SAYS = 'On Sundays we open at ten, and you can stay until six in the evening, as always.';
const WARM_UP_MS = 3000;

const [calls = 0, seconds = 0] = process.argv.slice(2, 4).map(Number);
const parts = process.argv[4] ?? '';

let frames = 0;
let late: number[] = [];
const rehearsal = await createRehearsal({
  listens: parts.includes('listening'),
  onLate: (lateMs) => void late.push(lateMs),
});
const callerTurn = await browserPackets(turn(await rehearsedSpeech(CALLER_SAYS)));
const agentTurn = turn(await rehearsedSpeech(AGENT_SAYS)).subarray(0, (TURN_SECONDS / 2) * SPEECH_RATE);
const open = await Promise.all(Array.from({ length: calls }, () => rehearsal.open(() => {})));
const beganMs = performance.now();
const talk = setInterval(passTime, 2);

await pause(WARM_UP_MS);
late = [];
const heardBefore = rehearsal.speechWindows;
const startMs = performance.now();
const cpu = process.cpuUsage();
await pause(seconds * 1000);
const { user, system } = process.cpuUsage(cpu);
const dueFrames = (calls * (performance.now() - startMs)) / 20;
const result: AgentCalls = {
  cpuMicros: (user + system) / late.length,
  missedShare: Math.max(0, 1 - late.length / dueFrames),
  p50Ms: percentile(late, 0.5),
  p99Ms: percentile(late, 0.99),
  speechShare: (rehearsal.speechWindows - heardBefore) / ((late.length * 320) / 512),
};
process.send?.(result);
clearInterval(talk);
for (const call of open) call.close();
await rehearsal.close();

/** Brings every call the packets that are due; no two of them come at the same moment. */
function passTime(): void {
  const due = Math.floor(((performance.now() - beganMs) / 20) * calls);
  for (; frames < due; frames += 1) nextFrame(frames % calls, Math.floor(frames / calls));
}

/** Caller and agent take turns of two seconds; calls are at different places of theirs. */
function nextFrame(index: number, count: number): void {
  const frame = count + Math.floor((index / calls) * callerTurn.length);
  const place = frame % callerTurn.length;
  const call = open[index] as RehearsedCall;
  call.take(rtpPacket(callerTurn[place] as Uint8Array, frame, index + 1));
  if (!parts.includes('speaking') || place !== callerTurn.length / 2) return;
  call.mouth.write(`turn-${frame}`, agentTurn);
  call.mouth.finish(`turn-${frame}`);
}

/** One turn of each: two seconds of speech, two of silence, noise under both. */
function turn(speech: Int16Array): Int16Array {
  return Int16Array.from({ length: TURN_SECONDS * SPEECH_RATE }, (_, at) => {
    const voice = at < (TURN_SECONDS / 2) * SPEECH_RATE ? (speech[at] ?? 0) : 0;
    return voice + (Math.random() * 2 - 1) * NOISE;
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

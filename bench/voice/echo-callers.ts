// A process of many callers who talk and hear their echo: the load, and the watch. Arguments: port, calls, seconds.
// Says when all are connected, begins when it is told to, and says what came back.
import { once } from 'node:events';
import { browserPackets, rehearsedSpeech } from '@parley/gateway';
import { percentile } from '../percentiles.ts';
import { placeCall } from './placed-call.ts';
import type { PlacedCall } from './placed-call.ts';
import { rtpPacket } from './rtp.ts';

/** What the callers heard. */
export interface Echoes {
  sent: number;
  lost: number;
  p50Ms: number;
  p99Ms: number;
  /** Of this process, in the same time: it shares the machine with the server. */
  cpuSeconds: number;
}

const FRAME_MS = 20;
const TOGETHER = 10;
const WARM_UP_SECONDS = 2;
/** After the last packet, for its echo. */
const GRACE_MS = 1000;
const SPEECH = 'Hello, I would like to know when the shop in the old town opens on Sundays.';

const [port = 0, count = 0, seconds = 0] = process.argv.slice(2, 5).map(Number);
const speech = await browserPackets(await rehearsedSpeech(SPEECH));
const calls: PlacedCall[] = [];
while (calls.length < count) {
  const batch = Math.min(TOGETHER, count - calls.length);
  calls.push(...(await Promise.all(Array.from({ length: batch }, () => placeCall(port)))));
}

/** When each packet was sent, by call and frame; NaN once it came back. */
const frames = (WARM_UP_SECONDS + seconds) * (1000 / FRAME_MS);
const sentMs = calls.map(() => new Float64Array(frames));
let tripsMs: number[] = [];
for (const [index, { caller }] of calls.entries()) caller.onPacket((packet) => hear(packet, sentMs[index]));

await talk(0, WARM_UP_SECONDS);
tripsMs = [];
process.send?.('ready');
await once(process, 'message');
const before = process.cpuUsage();
const first = WARM_UP_SECONDS * (1000 / FRAME_MS);
await talk(first, seconds);
const { user, system } = process.cpuUsage(before);
const sent = (frames - first) * calls.length;
const echoes: Echoes = {
  sent,
  lost: sent - tripsMs.length,
  p50Ms: percentile(tripsMs, 0.5),
  p99Ms: percentile(tripsMs, 0.99),
  cpuSeconds: (user + system) / 1e6,
};
process.send?.(echoes);
await once(process, 'message');
for (const call of calls) await call.hangUp();
process.exit(0);

/** Every call sends a packet every 20 ms; no two calls at the same moment. */
async function talk(firstFrame: number, forSeconds: number): Promise<void> {
  const total = forSeconds * (1000 / FRAME_MS) * calls.length;
  const startMs = performance.now();
  for (let done = 0; done < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / FRAME_MS) * calls.length));
    for (; done < due; done += 1) say(done % calls.length, firstFrame + Math.floor(done / calls.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
}

/** A packet of speech. The last bytes of its payload, which nobody decodes, say which frame it is. */
function say(index: number, frame: number): void {
  const caller = calls[index]?.caller;
  if (!caller) return;
  const packet = rtpPacket(speech[(frame + index) % speech.length] as Uint8Array, frame, caller.ssrc);
  new DataView(packet.buffer, packet.byteOffset).setUint32(packet.length - 4, frame);
  (sentMs[index] as Float64Array)[frame] = performance.now();
  caller.send(packet);
}

function hear(packet: Uint8Array, sentAtMs: Float64Array | undefined): void {
  if (((packet[1] ?? 0) & 0x7f) !== 111 || !sentAtMs) return;
  const frame = new DataView(packet.buffer, packet.byteOffset).getUint32(packet.length - 4);
  const tripMs = performance.now() - (sentAtMs[frame] ?? Number.NaN);
  if (Number.isNaN(tripMs)) return;
  tripsMs.push(tripMs);
  sentAtMs[frame] = Number.NaN;
}

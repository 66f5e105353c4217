// `npm run bench:chat`: Parley's chat beside bare servers, in one run on one machine, as ratios.
import { benchBare, benchFlushing, benchParley } from './chat/echo-bench.ts';
import type { EchoResult } from './chat/echo-bench.ts';
import { benchRelay, benchStreams } from './chat/stream-bench.ts';
import type { StreamResult } from './chat/stream-bench.ts';

const sessions = 1000;
const load = { sessions, paceSeconds: 10, saturationSeconds: 8 };
const streamLoad = { streams: 200, seconds: 15 };

const bare = await benchBare(load);
const flushing = await benchFlushing(load);
const parley = await benchParley(load);
const relay = await benchRelay(streamLoad);
const streams = await benchStreams(streamLoad);

console.log(`\nDurable echo (Parley, SQLite), ${sessions} sessions, beside a bare ws + JSON echo without storage.`);
console.log('"flushing" is the bare echo with each event on the disk first: the least that durability costs here.\n');
console.table({
  'echo p50, 1 message/s/session (ms)': echoRow((result) => result.p50Ms, 'at most 3'),
  'echo p99, 1 message/s/session (ms)': echoRow((result) => result.p99Ms, 'at most 4'),
  'echoes per second, saturated': echoRow((result) => result.echoesPerSecond, 'at least 0.5'),
  'KiB per idle connection': echoRow((result) => result.bytesPerIdleConnection / 1024, 'at most 2'),
});
console.log(`\nFirst token of the model to first chunk at the client, ${streamLoad.streams} answers under way,`);
console.log('beside a bare relay without sessions and storage\n');
console.table({
  'p50 (ms)': streamRow((result) => result.p50Ms, ''),
  'p99 (ms)': streamRow((result) => result.p99Ms, 'Parley at most 5'),
  answers: streamRow((result) => result.answers, ''),
});

type Row = Record<string, number | string>;

function echoRow(read: (result: EchoResult) => number, wanted: string): Row {
  const [least, floor, own] = [read(bare), read(flushing), read(parley)];
  return {
    bare: round(least),
    flushing: round(floor),
    Parley: round(own),
    'flushing / bare': round(floor / least),
    'Parley / bare': round(own / least),
    wanted,
  };
}

function streamRow(read: (result: StreamResult) => number, wanted: string): Row {
  return { 'bare relay': round(read(relay)), Parley: round(read(streams)), wanted };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

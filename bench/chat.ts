// `npm run bench:chat`: Parley's chat beside a bare WebSocket echo, in one run on one machine, as ratios.
import { benchBare, benchParley } from './chat/echo-bench.ts';
import type { EchoResult } from './chat/echo-bench.ts';
import { benchStreams } from './chat/stream-bench.ts';

const sessions = 1000;
const load = { sessions, paceSeconds: 10, saturationSeconds: 8 };

const bare = await benchBare(load);
const parley = await benchParley(load);
const streams = await benchStreams({ streams: 200, seconds: 15 });

console.log(`\nDurable echo (Parley, SQLite) beside a bare ws + JSON echo without storage, ${sessions} sessions\n`);
console.table({
  'echo p50, 1 message/s/session (ms)': row((result) => result.p50Ms, 'at most 3'),
  'echo p99, 1 message/s/session (ms)': row((result) => result.p99Ms, 'at most 4'),
  'echoes per second, saturated': row((result) => result.echoesPerSecond, 'at least 0.5'),
  'KiB per idle connection': row((result) => result.bytesPerIdleConnection / 1024, 'at most 2'),
});
console.log('\nFirst token of the model to first chunk at the client, 200 answers under way\n');
console.table({
  'p50 (ms)': { Parley: round(streams.p50Ms), wanted: '' },
  'p99 (ms)': { Parley: round(streams.p99Ms), wanted: 'at most 5' },
  answers: { Parley: streams.answers, wanted: '' },
});

function row(read: (result: EchoResult) => number, wanted: string): Record<string, number | string> {
  return { bare: round(read(bare)), Parley: round(read(parley)), ratio: round(read(parley) / read(bare)), wanted };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

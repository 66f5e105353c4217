// `npm run bench:desk`: how soon everybody at the desk sees that somebody waits, while other sessions chat.
import { benchQueue } from './desk/queue-bench.ts';

const load = { desks: 50, sessions: 500, visitors: 50 };
const result = await benchQueue(load);

console.log(
  `\nFrom "human" to the queue on ${load.desks} desks, while ${load.sessions} sessions chat once per second\n`,
);
console.table({
  'p50 (ms)': { Parley: round(result.p50Ms), wanted: '' },
  'p99 (ms)': { Parley: round(result.p99Ms), wanted: 'at most 1000' },
  'slowest (ms)': { Parley: round(result.maxMs), wanted: '' },
  'never told': { Parley: result.missed, wanted: '0' },
});

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

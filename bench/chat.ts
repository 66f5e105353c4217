// `npm run bench:chat`: Parley's chat beside bare servers, in one run on one machine, as ratios.
import { startPeer, startQueueOn } from './chat/contestants.ts';
import { benchEchoes } from './chat/echo-bench.ts';
import type { EchoResult } from './chat/echo-bench.ts';
import { benchRelay, benchStreams } from './chat/stream-bench.ts';

/** A folder of Linux that is kept in memory, where a flush costs nothing. */
const RAM_DISK = '/dev/shm';

const sessions = 1000;
const streamLoad = { streams: 200, seconds: 30 };

// Bare, flushing, Parley, no disk: the columns below.
const echoes = await benchEchoes(
  [
    () => startPeer('bare-server.ts'),
    () => startPeer('flushing-server.ts'),
    () => startQueueOn(),
    () => startQueueOn(RAM_DISK),
  ],
  { sessions, rounds: 6 },
);
const streams = [
  await benchRelay(streamLoad, 'bare'),
  await benchRelay(streamLoad, 'flushing'),
  await benchStreams(streamLoad),
  await benchStreams(streamLoad, RAM_DISK),
];

console.log(`\nDurable echo, ${sessions} sessions, beside a bare ws + JSON echo without storage.`);
console.log('"flushing" is the bare echo with each event on the disk first: the least that durability costs here.');
console.log(`"no disk" is Parley with its database in ${RAM_DISK}: what is left when a flush costs nothing.\n`);
console.table({
  ...row('echo p50, 1 message/s/session (ms)', echoes, (result) => result.p50Ms),
  ...ratioRow('beside bare, wanted: at most 3', echoes, (result) => result.p50Ms),
  ...row('echo p99, 1 message/s/session (ms)', echoes, (result) => result.p99Ms),
  ...ratioRow('beside bare, wanted: at most 4', echoes, (result) => result.p99Ms),
  ...row('echoes per second, saturated', echoes, (result) => result.echoesPerSecond),
  ...ratioRow('beside bare, wanted: at least 0.5', echoes, (result) => result.echoesPerSecond),
  ...row('KiB per idle connection', echoes, (result) => result.bytesPerIdleConnection / 1024),
  ...ratioRow('beside bare, wanted: at most 2', echoes, (result) => result.bytesPerIdleConnection),
});
console.log(`\nFirst token of the model to first chunk at the client, ${streamLoad.streams} answers under way,`);
console.log('beside a relay without sessions (bare), and with each text on the disk first (flushing).\n');
console.table({
  ...row('p50 (ms)', streams, (result) => result.p50Ms),
  ...row('p99 (ms), wanted: at most 5', streams, (result) => result.p99Ms),
  ...row('answers', streams, (result) => result.answers),
});

function row<Result>(name: string, results: readonly Result[], read: (result: Result) => number) {
  const [bare, flushing, parley, noDisk] = results.map((result) => Math.round(read(result) * 100) / 100);
  return { [name]: { bare, flushing, Parley: parley, 'Parley, no disk': noDisk } };
}

/** Each number divided by the bare server's. */
function ratioRow(name: string, results: readonly EchoResult[], read: (result: EchoResult) => number) {
  const [bare] = results.map(read);
  return row(name, results, (result) => read(result) / (bare ?? Number.NaN));
}

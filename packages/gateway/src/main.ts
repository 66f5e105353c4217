// The process: reads the configuration, starts the gateway, obeys signals, and says with its exit code how it went.
import { constants } from 'node:os';
import { readConfig } from './config/index.ts';
import type { Config } from './config/index.ts';
import { createGateway } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import { systemClock } from './kit/index.ts';
import type { Log } from './kit/index.ts';
import { pinoLog } from './ops/index.ts';
import { startFailure } from './start-failure.ts';

/** npm and a terminal both pass a signal on: two within this time are one. */
const SAME_SIGNAL_MS = 1000;

const read = readConfig(process.env, { cwd: process.cwd() });
if ('problems' in read) exitWith(read.problems);
await run(read.config);

async function run(config: Config): Promise<void> {
  const log = pinoLog({ level: config.log.level });
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'The process crashed');
    process.exit(1);
  });
  try {
    const gateway = await createGateway({ config, log });
    obeySignals(gateway, log);
    const { url } = await gateway.listen();
    log.info({ url, environment: config.environment }, 'Parley is listening');
    if (config.demo) console.log(`\nParley is running. Talk to the demo agent at ${url}/\n`);
  } catch (error) {
    exitWith([startFailure(error, config.server)]);
  }
}

/** The first signal drains, another one exits at once. */
function obeySignals(gateway: Gateway, log: Log): void {
  let firstMs: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const nowMs = systemClock.nowMs();
      if (firstMs !== undefined && nowMs - firstMs > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
      if (firstMs !== undefined) return;
      firstMs = nowMs;
      void leave(gateway, log);
    });
  }
}

async function leave(gateway: Gateway, log: Log): Promise<void> {
  // Timers of the gateway don't keep the process alive, but what they wait for should.
  setInterval(() => {}, SAME_SIGNAL_MS);
  log.info({}, 'Draining');
  try {
    await gateway.drain();
    log.info({}, 'Stopped');
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'Draining failed');
    process.exit(1);
  }
}

function exitWith(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

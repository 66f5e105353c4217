// Calls one after the other: how long an answer takes, and what is left of a call when it is over.
import { rm } from 'node:fs/promises';
import { writeParleyConfig } from '../parley-config.ts';
import { percentile } from '../percentiles.ts';
import { startParley } from '../server-process.ts';
import type { Holdings } from '../server-process.ts';
import { heard, startPart } from './child-process.ts';

/** What was measured. */
export interface Succession {
  answerP50Ms: number;
  answerP99Ms: number;
  before: Holdings;
  after: Holdings;
}

/** Makes `calls` calls, after some that warm the server up. */
export async function benchSuccession({
  calls,
  warmUpCalls,
}: {
  calls: number;
  warmUpCalls: number;
}): Promise<Succession> {
  const { file, directory } = await writeParleyConfig('{ provider: script, script: demo }');
  const server = await startParley(file);
  const callers = startPart('succession-callers.ts', [server.port]);
  const make = (count: number): Promise<number[]> => {
    callers.send(count);
    return heard<number[]>(callers);
  };
  try {
    await make(warmUpCalls);
    const before = await server.memory();
    const answersMs = await make(calls);
    const after = await server.memory();
    return { answerP50Ms: percentile(answersMs, 0.5), answerP99Ms: percentile(answersMs, 0.99), before, after };
  } finally {
    callers.kill();
    await server.stop();
    await rm(directory, { recursive: true });
  }
}

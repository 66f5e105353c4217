// How long users wait for a human.
import type { Config } from './config/index.ts';

/** Of queues that the configuration doesn't have. */
const DEFAULT_SECONDS = 300;

/** Agents name queues as people read them, or by their key. */
export function queueTimeoutMs(queueName: string, { handoff: { queues } }: Pick<Config, 'handoff'>): number {
  const queue = Object.values(queues).find(({ name }) => name === queueName) ?? queues[queueName];
  return (queue?.timeoutSeconds ?? DEFAULT_SECONDS) * 1000;
}

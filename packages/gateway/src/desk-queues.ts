// The queues of the configuration, as the hand-off room has them.
import { defaultQueue } from './config/index.ts';
import type { Config, QueueConfig } from './config/index.ts';
import { createQueues } from './handoff/index.ts';
import type { Queue, Queues } from './handoff/index.ts';

/** Agents name queues as people read them, or by their key; queues of which the configuration has none, too. */
export function deskQueues({ handoff }: Pick<Config, 'handoff'>): Queues {
  const known = Object.entries(handoff.queues).map(([id, queue]) => queueOf(id, queue));
  return createQueues(known, (name) => queueOf(name, defaultQueue(name)));
}

function queueOf(id: string, { timeoutSeconds, ...queue }: QueueConfig): Queue {
  return { id, ...queue, timeoutMs: timeoutSeconds * 1000 };
}

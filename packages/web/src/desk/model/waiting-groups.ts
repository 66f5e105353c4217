// Who waits, queue by queue.
import type { DeskOverview, DeskQueue, DeskWaiting } from '@parley/protocol';

/** A queue and who waits in it, whoever is next first. */
export interface WaitingGroup {
  queue: DeskQueue;
  waiting: readonly DeskWaiting[];
}

/** Queues in which somebody waits, in the order of the configuration. */
export function waitingGroups({ queues, waiting }: Pick<DeskOverview, 'queues' | 'waiting'>): WaitingGroup[] {
  return queues
    .map((queue) => ({ queue, waiting: waiting.filter(({ queueId }) => queueId === queue.id).toSorted(byPosition) }))
    .filter((group) => group.waiting.length > 0);
}

/** Whether somebody answers a queue. */
export function answersQueue({ queueIds }: Pick<DeskOverview['me'], 'queueIds'>, queueId: string): boolean {
  return queueIds === null || queueIds.includes(queueId);
}

/** The name of a queue; its id when it is gone. */
export function queueName(queues: readonly DeskQueue[], queueId: string): string {
  return queues.find(({ id }) => id === queueId)?.name ?? queueId;
}

function byPosition(one: DeskWaiting, other: DeskWaiting): number {
  return one.position - other.position;
}

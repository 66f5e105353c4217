// To whom a chat can be given.
import type { DeskOverview, DeskPerson, DeskQueue } from '@parley/protocol';
import { answersQueue } from './waiting-groups.ts';

/** People and queues, the likeliest first. */
export interface TransferTargets {
  people: readonly DeskPerson[];
  queues: readonly DeskQueue[];
}

/** People who are here and answer the queue, those available first; every queue but the one somebody waits in. */
export function transferTargets(
  { me, people, queues }: Pick<DeskOverview, 'me' | 'people' | 'queues'>,
  { queueId, isWaiting }: { queueId: string; isWaiting: boolean },
): TransferTargets {
  const others = people.filter((person) => {
    return person.id !== me.id && person.connected && (person.role === 'supervisor' || answersQueue(person, queueId));
  });
  return {
    people: others.toSorted(
      (one, other) => rankOf(one, queueId) - rankOf(other, queueId) || one.name.localeCompare(other.name),
    ),
    queues: queues.filter(({ id }) => !isWaiting || id !== queueId),
  };
}

function rankOf({ availability, fullFor }: DeskPerson, queueId: string): number {
  if (fullFor.includes(queueId)) return 2;
  return availability === 'available' ? 0 : 1;
}

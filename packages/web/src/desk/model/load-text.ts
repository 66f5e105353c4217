// How much more somebody can take, in words.
import type { DeskOverview } from '@parley/protocol';
import { answersQueue } from './waiting-groups.ts';

/** Of which of one's queues one can't take another chat now: `No more from Billing`. Undefined: of none. */
export function fullText({ me, queues }: Pick<DeskOverview, 'me' | 'queues'>): string | undefined {
  const full = queues.filter(({ id }) => answersQueue(me, id) && me.fullFor.includes(id)).map(({ name }) => name);
  return full.length > 0 ? `No more from ${full.join(', ')}` : undefined;
}

// Forgets sessions and calls some days after their end.
import { keepForDays } from '../kit/index.ts';
import type { RetentionOptions, Timer } from '../kit/index.ts';
import type { Store } from './store.ts';

/** Deletes sessions and calls that ended too long ago, until the returned timer is cancelled. */
export function startRetention(store: Pick<Store, 'purge'>, options: RetentionOptions): Timer {
  return keepForDays({ name: 'Sessions', deleteBefore: (endedBeforeMs) => store.purge({ endedBeforeMs }) }, options);
}

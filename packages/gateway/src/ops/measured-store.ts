// Measures how long a store takes to make things durable: what stands between a message and its echo.
import { performance } from 'node:perf_hooks';
import type { Meter } from '../kit/index.ts';
import type { SessionStore } from '../messaging/index.ts';

/** Seconds; a grouped commit takes a millisecond or two on an ordinary disk. */
const BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** The same store, with its appends measured. `nowMs` is a clock finer than a millisecond. */
export function measuredStore<Store extends Pick<SessionStore, 'append'>>(
  store: Store,
  meter: Meter,
  nowMs: () => number = () => performance.now(),
): Store {
  const commits = meter.histogram({
    name: 'parley_commit_seconds',
    help: 'From an append to its being durable',
    buckets: BUCKETS,
  });
  const failures = meter.counter({
    name: 'parley_commit_failures_total',
    help: 'Appends that did not become durable',
  });
  return {
    ...store,
    append(...[sessionId, append, done]: Parameters<SessionStore['append']>) {
      const startedMs = nowMs();
      store.append(sessionId, append, (error) => {
        if (error) failures.add();
        else commits.observe((nowMs() - startedMs) / 1000);
        done(error);
      });
    },
  };
}

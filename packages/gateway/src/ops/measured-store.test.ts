import { describe, expect, it } from 'vitest';
import { measuredStore } from './measured-store.ts';
import { promMeter } from './prom-meter.ts';

/** A store that takes 3 ms, and fails appends to the session `bad`. */
function slowStore() {
  let nowMs = 0;
  const meter = promMeter();
  const store = measuredStore(
    {
      name: 'a store',
      append(sessionId: string, _append: unknown, done: (error?: Error) => void) {
        nowMs += 3;
        if (sessionId === 'bad') done(new Error('disk full'));
        else done();
      },
    },
    meter,
    () => nowMs,
  );
  return { store, meter };
}

describe('measuredStore', () => {
  it('measures appends until they are durable', async () => {
    const { store, meter } = slowStore();
    const outcomes: unknown[] = [];
    store.append('good', { entries: [] }, (error) => outcomes.push(error));
    expect(outcomes).toEqual([undefined]);
    const text = await meter.text();
    expect(text).toContain('parley_commit_seconds_bucket{le="0.002"} 0');
    expect(text).toContain('parley_commit_seconds_bucket{le="0.005"} 1');
  });

  it('counts those that failed, and passes on why', async () => {
    const { store, meter } = slowStore();
    const outcomes: unknown[] = [];
    store.append('bad', { entries: [] }, (error) => outcomes.push(error));
    expect(outcomes).toEqual([new Error('disk full')]);
    const text = await meter.text();
    expect(text).toContain('parley_commit_failures_total 1');
    expect(text).toContain('parley_commit_seconds_count 0');
  });

  it('is the store it measures in everything else', () => {
    expect(slowStore().store.name).toBe('a store');
  });
});

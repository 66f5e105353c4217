import { describe, expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import { drain } from './drain.ts';

function draining(pending: () => number, graceMs = 10_000) {
  const time = new FakeTime();
  const steps: string[] = [];
  const done = drain(
    {
      refuseNew: () => void steps.push('refuse new'),
      closeSockets: () => void steps.push('close sockets'),
      pending,
      abandon: () => void steps.push('abandon'),
      finish: async () => void steps.push('finish'),
    },
    { clock: time, timers: time, graceMs },
  );
  return { time, steps, done };
}

describe('drain', () => {
  it('MSG-105 lets nothing new begin before it closes the sockets, so that who comes back goes elsewhere', async () => {
    const { steps, done } = draining(() => 0);
    await done;
    expect(steps).toEqual(['refuse new', 'close sockets', 'abandon', 'finish']);
  });

  it('waits for what is under way, and no longer', async () => {
    let turns = 2;
    const { time, steps, done } = draining(() => turns);
    time.advance(5_000);
    expect(steps).toEqual(['refuse new', 'close sockets']);
    turns = 0;
    time.advance(100);
    await done;
    expect(steps.at(-1)).toBe('finish');
  });

  it('gives up on what takes longer than the grace period', async () => {
    const { time, steps, done } = draining(() => 1, 3_000);
    time.advance(2_900);
    expect(steps).not.toContain('abandon');
    time.advance(200);
    await done;
    expect(steps.slice(-2)).toEqual(['abandon', 'finish']);
  });

  it('does not wait at all without a grace period', async () => {
    const { steps, done } = draining(() => 1, 0);
    await done;
    expect(steps.at(-1)).toBe('finish');
  });
});

import { describe, expect, it } from 'vitest';
import { FakeTime } from '../../kit/index.ts';
import { createQueueStatusTeller } from './queue-status-teller.ts';

function house() {
  const time = new FakeTime();
  const startMs = time.nowMs();
  const told: string[] = [];
  const teller = createQueueStatusTeller({ clock: time, timers: time }, ({ positionInQueue }) => {
    told.push(`${(time.nowMs() - startMs) / 1000}: ${positionInQueue}`);
  });
  return { time, told, place: (positionInQueue: number) => teller.set({ positionInQueue }), teller };
}

describe('a visitor in a queue', () => {
  it('is told the first place at once, and later ones at most every 10 s, the newest alone', () => {
    const { time, told, place } = house();
    place(5);
    time.advance(1000);
    place(4);
    time.advance(1000);
    place(3);
    time.advance(60_000);
    place(2);
    expect(told).toEqual(['0: 5', '10: 3', '62: 2']);
  });

  it('is not told what they know', () => {
    const { time, told, place } = house();
    place(2);
    place(1);
    place(2);
    time.advance(60_000);
    place(2);
    expect(told).toEqual(['0: 2']);
  });

  it('is told nothing within 10 s of what somebody else told them', () => {
    const { time, told, place, teller } = house();
    teller.told();
    place(1);
    time.advance(9_999);
    expect(told).toEqual([]);
    time.advance(1);
    expect(told).toEqual(['10: 1']);
  });

  it('is told nothing more when the wait is over', () => {
    const { time, told, place, teller } = house();
    place(2);
    place(1);
    teller.cancel();
    time.advance(60_000);
    expect(told).toEqual(['0: 2']);
  });
});

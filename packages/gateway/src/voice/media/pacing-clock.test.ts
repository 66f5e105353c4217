import { describe, expect, it } from 'vitest';
import { FakeTime } from '../../kit/index.ts';
import { PacingClock, type Paced } from './pacing-clock.ts';

/** A call that notes when it was called. */
function call(): Paced & { beatsMs: number[]; errors: unknown[] } {
  const beatsMs: number[] = [];
  const errors: unknown[] = [];
  return { beatsMs, errors, beat: (nowMs) => void beatsMs.push(nowMs), failed: (error) => void errors.push(error) };
}

function setUp() {
  const time = new FakeTime(1000.25);
  const lateMs: number[] = [];
  let stoodStillMs = 0;
  const clock = { nowMs: () => time.nowMs() + stoodStillMs };
  /** The process stands still: time goes by, and timers ring late. */
  const stall = (ms: number): void => void (stoodStillMs += ms);
  const pacing = new PacingClock({ timers: time, clock, onBeat: (late) => lateMs.push(late) });
  return { time, pacing, lateMs, stall };
}

describe('a call', () => {
  it('has a beat every 20 ms, without drift', () => {
    const { time, pacing, lateMs } = setUp();
    const one = call();
    pacing.add(one);
    for (let step = 0; step < 59_999; step += 1) time.advance(1);
    expect(one.beatsMs).toHaveLength(3000);
    one.beatsMs.forEach((nowMs, index) => expect(Math.abs(nowMs - one.beatsMs[0]! - index * 20)).toBeLessThan(1));
    expect(Math.max(...lateMs)).toBeLessThan(1);
    expect(pacing.missedBeats).toBe(0);
  });

  it('that ends has none any more, and the timer rests', () => {
    const { time, pacing } = setUp();
    const one = call();
    const end = pacing.add(one);
    time.advance(100);
    end();
    const { length } = one.beatsMs;
    time.advance(100);
    expect(one.beatsMs).toHaveLength(length);
  });

  it('that throws is told, and others go on', () => {
    const { time, pacing } = setUp();
    const error = new Error('broken');
    const broken = call();
    broken.beat = () => {
      throw error;
    };
    const sound = call();
    pacing.add(broken);
    pacing.add(sound);
    time.advance(200);
    expect(broken.errors).toEqual([error]);
    expect(sound.beatsMs.length).toBeGreaterThanOrEqual(9);
  });

  it('may end, and another begin, within a beat', () => {
    const { time, pacing } = setUp();
    const next = call();
    const one = call();
    const end = pacing.add({
      beat() {
        end();
        pacing.add(one);
      },
      failed() {},
    });
    pacing.add(next);
    time.advance(200);
    expect(one.beatsMs.length).toBeGreaterThanOrEqual(8);
  });
});

describe('many calls', () => {
  it('are spread over the 20 ms', () => {
    const { time, pacing } = setUp();
    const calls = Array.from({ length: 100 }, call);
    for (const one of calls) pacing.add(one);
    for (let step = 0; step < 99; step += 1) time.advance(1);
    const atOnce = new Map<number, number>();
    for (const { beatsMs } of calls) {
      expect(beatsMs).toHaveLength(5);
      for (const nowMs of beatsMs) atOnce.set(nowMs, (atOnce.get(nowMs) ?? 0) + 1);
    }
    expect(Math.max(...atOnce.values())).toBeLessThanOrEqual(20);
    expect(atOnce.size).toBeGreaterThanOrEqual(50);
  });
});

describe('work that is not urgent', () => {
  /** Calls whose work after each beat takes 4 ms, on a grid of 2 ms. */
  function busyCalls(count: number) {
    const { time, pacing, lateMs, stall } = setUp();
    const done: number[] = [];
    for (let index = 0; index < count; index += 1) {
      pacing.add({
        ...call(),
        afterBeat: () => {
          stall(4);
          done.push(index);
        },
      });
    }
    return { time, lateMs, done };
  }

  it('is done once after each beat', () => {
    const { time, done } = busyCalls(1);
    time.advance(100);
    expect(done.length).toBeGreaterThanOrEqual(5);
  });

  it('waits while a beat is due, so that no beat is later than one piece of work', () => {
    const { time, lateMs, done } = busyCalls(4);
    for (let step = 0; step < 200; step += 1) time.advance(1);
    expect(done.length).toBeGreaterThan(20);
    expect(Math.max(...lateMs)).toBeLessThan(6);
  });

  it('keeps the event loop for a moment only when a stall has left much of it', () => {
    const { time, pacing, stall } = setUp();
    let done = 0;
    for (let index = 0; index < 60; index += 1) {
      pacing.add({
        ...call(),
        afterBeat: () => {
          stall(0.2);
          done += 1;
        },
      });
    }
    stall(40);
    const doneAtOnce: number[] = [];
    for (let turn = 0; turn < 100; turn += 1) {
      const before = done;
      time.advance(1);
      doneAtOnce.push(done - before);
    }
    // A step of the fake time holds two turns at most: 10 ms of work each, 36 ms are waiting.
    expect(Math.max(...doneAtOnce)).toBeLessThanOrEqual(2 * 51);
    expect(done).toBeGreaterThan(300);
  });

  it('is done before the beat of others where there is no time for all of it', () => {
    const { time, done } = busyCalls(20);
    for (let step = 0; step < 100; step += 1) time.advance(1);
    expect(new Set(done).size).toBe(20);
  });

  it('of a call that has ended is left undone, and a call that throws in it is told', () => {
    const { time, pacing } = setUp();
    const error = new Error('broken');
    const broken = call();
    const after: string[] = [];
    pacing.add({
      ...broken,
      afterBeat() {
        throw error;
      },
    });
    const end = pacing.add({
      ...call(),
      beat: () => end(),
      afterBeat: () => void after.push('ended'),
    });
    pacing.add({ ...call(), afterBeat: () => void after.push('sound') });
    time.advance(60);
    expect(broken.errors).toEqual([error]);
    expect(broken.beatsMs).toHaveLength(1);
    expect(new Set(after)).toEqual(new Set(['sound']));
  });
});

describe('after a stall', () => {
  it('of 50 ms every beat is made up for', () => {
    const { time, pacing, stall } = setUp();
    const one = call();
    pacing.add(one);
    time.advance(100);
    const before = one.beatsMs.length;
    stall(50);
    time.advance(50);
    expect(one.beatsMs.length - before).toBe(5);
    expect(pacing.missedBeats).toBe(0);
  });

  it('of 500 ms there are three beats at once, the others are left out, and the grid stays', () => {
    const { time, pacing, lateMs, stall } = setUp();
    const one = call();
    pacing.add(one);
    time.advance(100);
    const before = one.beatsMs.length;
    stall(500);
    time.advance(100);
    const after = one.beatsMs.slice(before);
    expect(after.filter((nowMs) => nowMs === after[0])).toHaveLength(3);
    expect(after.length).toBeLessThanOrEqual(9);
    expect(pacing.missedBeats).toBeGreaterThanOrEqual(20);
    expect((after.at(-1)! - one.beatsMs[0]!) % 20).toBeCloseTo(0, 5);
    expect(Math.max(...lateMs)).toBeLessThan(60);
  });
});

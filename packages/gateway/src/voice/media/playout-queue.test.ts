import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlayoutQueue, type PlayoutEvents } from './playout-queue.ts';
import { joined } from './test/sound.ts';

const rate = 24_000;

/** So many ms of one value. */
function audio(ms: number, value = 1000): Int16Array {
  return new Int16Array((ms * rate) / 1000).fill(value);
}

/** A queue, and what it tells. */
function queue(): { queue: PlayoutQueue; told: string[] } {
  const told: string[] = [];
  const events: PlayoutEvents = {
    segmentStarted: (id) => told.push(`${id} started`),
    segmentEnded: (id, how) => told.push(`${id} ${how}`),
    drained: () => told.push('drained'),
  };
  return { queue: new PlayoutQueue(rate, events), told };
}

describe('segments', () => {
  it('are given out in frames of 20 ms, and tell when they begin and end', () => {
    const { queue: one, told } = queue();
    one.write('a', audio(50));
    one.finish('a');
    expect(told).toEqual([]);
    expect(one.next()).toEqual(audio(20));
    expect(told).toEqual(['a started']);
    expect(one.next()).toEqual(audio(20));
    expect(one.next()).toEqual(joined([audio(10), audio(10, 0)]));
    expect(told).toEqual(['a started', 'a played', 'drained']);
    expect(one.next()).toBeUndefined();
    expect(one.playedMs('a')).toBe(50);
  });

  it('follow one another without a gap', () => {
    const { queue: one, told } = queue();
    one.write('a', audio(30, 1));
    one.finish('a');
    one.write('b', audio(10, 2));
    one.finish('b');
    expect(joined([one.next()!, one.next()!])).toEqual(joined([audio(30, 1), audio(10, 2)]));
    expect(told).toEqual(['a started', 'b started', 'a played', 'b played', 'drained']);
  });

  it('can be looked at without an account, where the next frame is sure', () => {
    const { queue: one, told } = queue();
    one.write('a', audio(30, 1));
    expect(one.peek()).toEqual(audio(20, 1));
    expect([told, one.playedMs('a')]).toEqual([[], 0]);
    expect(one.next()).toEqual(audio(20, 1));
    expect(one.peek()).toBeUndefined();
    one.write('a', audio(30, 2));
    one.pause();
    expect(one.peek()).toBeUndefined();
    one.resume();
    expect(one.peek()).toEqual(one.next());
    one.flush();
    expect(one.peek()).toBeUndefined();
  });

  it('wait for a whole frame while more may come', () => {
    const { queue: one } = queue();
    one.write('a', audio(10));
    expect(one.next()).toBeUndefined();
    expect(one.isSpeaking).toBe(true);
    one.write('a', audio(10));
    expect(one.next()).toEqual(audio(20));
    expect(one.next()).toBeUndefined();
    expect(one.isSpeaking).toBe(true);
  });

  it('that wait hold back those after them', () => {
    const { queue: one } = queue();
    one.write('a', new Int16Array());
    one.write('b', audio(20));
    expect(one.next()).toBeUndefined();
    one.finish('a');
    expect(one.next()).toEqual(audio(20));
  });

  it('without audio end at their turn', () => {
    const { queue: one, told } = queue();
    one.write('a', audio(20));
    one.finish('b');
    one.finish('a');
    one.next();
    expect(told).toEqual(['a started', 'a played', 'b played', 'drained']);
  });

  it('take nothing after their end', () => {
    const { queue: one, told } = queue();
    one.write('a', audio(20));
    one.finish('a');
    one.next();
    one.write('a', audio(20));
    one.finish('a');
    expect(one.next()).toBeUndefined();
    expect(told.filter((line) => line === 'a played')).toHaveLength(1);
  });

  it('longer than ten minutes lose their end', () => {
    const { queue: one } = queue();
    const minute = audio(60_000);
    for (let count = 0; count < 11; count += 1) one.write('a', minute);
    expect(one.waitingMs).toBe(600_000);
    expect(one.droppedMs).toBe(60_000);
  });
});

describe('a flush', () => {
  it('fades what sounds out over 10 ms of the next frame, and drops the rest', () => {
    const { queue: one, told } = queue();
    one.write('a', audio(500));
    one.write('b', audio(500));
    one.next();
    one.flush();
    expect(told).toEqual(['a started', 'a flushed', 'b flushed', 'drained']);
    expect(one.isSpeaking).toBe(false);
    const last = one.next()!;
    expect(last[0]).toBe(1000);
    expect(last[120]).toBe(500);
    expect(last.subarray(240)).toEqual(audio(10, 0));
    expect(one.next()).toBeUndefined();
    expect(one.playedMs('a')).toBe(30);
    expect(one.playedMs('b')).toBe(0);
  });

  it('drops later audio of what it dropped, and nothing of what is new', () => {
    const { queue: one } = queue();
    one.write('a', audio(500));
    one.flush();
    one.write('a', audio(500));
    expect(one.next()).toBeUndefined();
    one.write('b', audio(20));
    expect(one.next()).toEqual(audio(20));
  });

  it('of nothing tells nothing', () => {
    const { queue: one, told } = queue();
    one.flush();
    expect(told).toEqual([]);
    expect(one.next()).toBeUndefined();
  });
});

it('a paused queue goes on where it was', () => {
  const { queue: one } = queue();
  one.write('a', audio(40));
  one.next();
  one.pause();
  expect(one.next()).toBeUndefined();
  expect(one.playedMs('a')).toBe(20);
  one.resume();
  expect(one.next()).toEqual(audio(20));
});

it('every sample of finished segments is given out once, in order, whatever the pieces', () => {
  const piece = fc.record({ segment: fc.integer({ min: 0, max: 3 }), samples: fc.integer({ min: 0, max: 1500 }) });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const { queue: one, told } = queue();
      const written = pieces.toSorted((a, b) => a.segment - b.segment);
      let value = 0;
      const all: Int16Array[] = [];
      for (const { segment, samples } of written) {
        const pcm = Int16Array.from({ length: samples }, () => (value += 1));
        one.write(`s${segment}`, pcm);
        all.push(pcm);
      }
      for (const { segment } of written) one.finish(`s${segment}`);
      const frames: Int16Array[] = [];
      for (let frame = one.next(); frame; frame = one.next()) frames.push(frame);
      const total = joined(all);
      expect(joined(frames).subarray(0, total.length)).toEqual(total);
      expect(one.isSpeaking).toBe(false);
      expect(told.filter((line) => line.endsWith('played'))).toHaveLength(
        new Set(written.map((one) => one.segment)).size,
      );
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JitterBuffer, type BufferedPacket, type Playout } from './jitter-buffer.ts';

/** The packet with this number, of 20 ms; its payload is the number. */
function packet(number: number, changes: Partial<BufferedPacket> = {}): BufferedPacket {
  const payload = Uint8Array.of(number & 0xff, 0, 0);
  return { sequence: number, timestamp: number * 960, ticks: 960, payload, isDtx: false, ...changes };
}

/** What was pulled, in a word: the number of a packet, or the kind. */
function word(playout: Playout): string {
  if (playout.kind === 'packet') return String(playout.payload[0]);
  if (playout.kind === 'lost') return playout.next ? `lost before ${playout.next[0]}` : 'lost';
  return playout.kind;
}

/** Inserts packets at their times and pulls every 20 ms, from 0 to `untilMs`. */
function play(buffer: JitterBuffer, arrivals: readonly [number, BufferedPacket][], untilMs: number): string[] {
  const words: string[] = [];
  const left = arrivals.toSorted((one, other) => one[0] - other[0]);
  for (let nowMs = 0; nowMs <= untilMs; nowMs += 20) {
    while (left[0] && left[0][0] <= nowMs) {
      const [arrivalMs, arrived] = left.shift()!;
      buffer.insert(arrived, arrivalMs);
    }
    words.push(word(buffer.pull(nowMs)));
  }
  return words;
}

const steady = (numbers: readonly number[]): [number, BufferedPacket][] =>
  numbers.map((number) => [number * 20, packet(number)]);

describe('in order', () => {
  it('packets are played 40 ms after they came', () => {
    expect(play(new JitterBuffer(), steady([0, 1, 2, 3]), 100)).toEqual(['silence', 'silence', '0', '1', '2', '3']);
  });

  it('packets that overtook each other are played in their order', () => {
    const arrivals: [number, BufferedPacket][] = [
      [0, packet(0)],
      [30, packet(2)],
      [35, packet(1)],
      [60, packet(3)],
    ];
    expect(play(new JitterBuffer(), arrivals, 100)).toEqual(['silence', 'silence', '0', '1', '2', '3']);
  });

  it('the first packet may be overtaken, too', () => {
    const arrivals: [number, BufferedPacket][] = [
      [0, packet(1)],
      [10, packet(0)],
    ];
    expect(play(new JitterBuffer(), arrivals, 60).slice(2)).toEqual(['0', '1']);
  });

  it('duplicates are played once', () => {
    const buffer = new JitterBuffer();
    expect(buffer.insert(packet(0), 0)).toBe('taken');
    expect(buffer.insert(packet(0), 1)).toBe('duplicate');
    expect(play(buffer, steady([1, 2]), 80)).toEqual(['silence', 'silence', '0', '1', '2']);
  });

  it('what comes after its turn is late', () => {
    const buffer = new JitterBuffer();
    expect(play(buffer, steady([0, 2, 3]), 80)).toEqual(['silence', 'silence', '0', 'lost before 2', '2']);
    expect(buffer.insert(packet(1), 81)).toBe('late');
  });
});

describe('what is not there', () => {
  it('is lost when packets behind it are there; the last of several is lost before the next', () => {
    const words = play(new JitterBuffer(), steady([0, 1, 4, 5]), 140);
    expect(words.slice(2)).toEqual(['0', '1', 'lost', 'lost before 4', '4', '5']);
  });

  it('counts time that was filled while nobody knew', () => {
    expect(play(new JitterBuffer(), steady([0, 1, 6, 7]), 180).slice(2)).toEqual([
      '0',
      '1',
      'starved',
      'starved',
      'lost',
      'lost before 6',
      '6',
      '7',
    ]);
  });

  it('is silence when timestamps leap and sequences don’t (DTX)', () => {
    const arrivals: [number, BufferedPacket][] = [
      [0, packet(0)],
      [20, packet(1, { isDtx: true })],
      [140, packet(2, { timestamp: 7 * 960 })],
      [160, packet(3, { timestamp: 8 * 960 })],
    ];
    expect(play(new JitterBuffer(), arrivals, 200).slice(2)).toEqual([
      '0',
      '1',
      'silence',
      'silence',
      'silence',
      'silence',
      'silence',
      '2',
      '3',
    ]);
  });

  it('is silence where packets were that carry no audio', () => {
    const buffer = new JitterBuffer();
    for (const sequence of [1, 2, 3]) buffer.skip(sequence);
    const arrivals: [number, BufferedPacket][] = [[0, packet(0)], ...steady([4, 5])];
    expect(play(buffer, arrivals, 140).slice(2)).toEqual(['0', 'silence', 'silence', 'silence', '4', '5']);
  });

  it('comes late as a whole, and is played all the same', () => {
    const arrivals = steady([0, 1, 2, 3]).map(([ms, one], index): [number, BufferedPacket] => [
      index < 2 ? ms : ms + 70,
      one,
    ]);
    expect(play(new JitterBuffer(), arrivals, 160).slice(2)).toEqual([
      '0',
      '1',
      'starved',
      'starved',
      '2',
      '3',
      'starved',
    ]);
  });
});

describe('after a pause', () => {
  it('playing begins with a new wait, wherever the timestamps are', () => {
    for (const timestamp of [2 * 960, 52 * 960, 9_000_000]) {
      const arrivals: [number, BufferedPacket][] = [
        [0, packet(0)],
        [20, packet(1)],
        [1040, packet(2, { timestamp })],
        [1060, packet(3, { timestamp: timestamp + 960 })],
        [1080, packet(4, { timestamp: timestamp + 1920 })],
      ];
      const words = play(new JitterBuffer(), arrivals, 1120);
      expect(words.slice(52)).toEqual(['silence', 'silence', '2', '3', '4']);
    }
  });

  it('a backlog of more than half a second is thrown away but for what is in time', () => {
    const buffer = new JitterBuffer();
    const held = steady(Array.from({ length: 60 }, (_, index) => index)).map(([ms, one]): [number, BufferedPacket] => [
      ms < 100 ? ms : Math.max(ms, 1100),
      one,
    ]);
    const words = play(buffer, held, 1240);
    expect(words.slice(-4)).toEqual(['57', '58', '59', 'starved']);
    expect(buffer.skippedMs).toBeGreaterThan(500);
  });
});

describe('the wait', () => {
  /** Plays a stream of 20 ms packets, each `lateMs()` late, and returns the buffer. */
  function heard(count: number, lateMs: (number: number) => number): JitterBuffer {
    const buffer = new JitterBuffer();
    const arrivals = steady(Array.from({ length: count }, (_, index) => index)).map(
      ([ms, one]): [number, BufferedPacket] => [ms + lateMs(one.sequence), one],
    );
    play(buffer, arrivals, count * 20);
    return buffer;
  }

  it('is 40 ms on a quiet network', () => {
    expect(heard(500, () => 0).targetMs).toBe(40);
  });

  it('grows within a few packets when they come late, and shrinks slowly', () => {
    const rough = (number: number): number => (number % 10 === 0 ? 100 : 0);
    expect(heard(50, rough).targetMs).toBeGreaterThanOrEqual(120);
    const roughThenQuiet = (number: number): number => (number < 500 ? rough(number) : 0);
    expect(heard(1000, roughThenQuiet).targetMs).toBeGreaterThanOrEqual(120);
    expect(heard(3000, roughThenQuiet).targetMs).toBe(40);
  });

  it('never exceeds 200 ms', () => {
    expect(heard(300, (number) => (number % 2) * 450).targetMs).toBe(200);
  });
});

describe('whatever comes', () => {
  const arrival = fc.record({
    number: fc.integer({ min: -50, max: 400 }),
    timestamp: fc.oneof(fc.constant(undefined), fc.integer({ min: -1e9, max: 1e9 })),
    ticks: fc.constantFrom(120, 240, 480, 960, 1920, 2880, 5760),
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 })),
    skips: fc.boolean(),
  });

  it('the buffer never throws, and stays small', () => {
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 600, size: 'max' }), (arrivals) => {
        const buffer = new JitterBuffer();
        let nowMs = 0;
        for (const { number, timestamp, ticks, waitMs, skips } of arrivals) {
          nowMs += waitMs;
          if (skips) buffer.skip(number);
          else buffer.insert(packet(number, { ticks, ...(timestamp !== undefined && { timestamp }) }), nowMs);
          if (waitMs > 0) expect(buffer.pull(nowMs).ticks).toBeGreaterThanOrEqual(120);
          expect(buffer.size).toBeLessThanOrEqual(256);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('packets of a lossy, doubling, shuffling network are played once each, in order', () => {
    const fate = fc.record({ lost: fc.boolean(), twice: fc.boolean(), lateMs: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(fc.array(fate, { minLength: 1, maxLength: 120 }), (fates) => {
        const arrivals = fates.flatMap(({ lost, twice, lateMs }, number): [number, BufferedPacket][] => {
          const one: [number, BufferedPacket] = [number * 20 + lateMs, packet(number)];
          return lost ? [] : twice ? [one, [one[0] + 10, one[1]]] : [one];
        });
        const played = play(new JitterBuffer(), arrivals, 4000).map(Number).filter(Number.isFinite);
        expect(played).toEqual([...new Set(played)].toSorted((one, other) => one - other));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wasmOpus } from '../adapters/opus/wasm-opus.ts';
import { levelDbfs } from './level.ts';
import { createReceiver } from './receiver.ts';
import { listen } from './test/listen.ts';
import { seededRandom } from './test/random.ts';
import { babble, errorEnergy, frequencyOf, joined, tone } from './test/sound.ts';
import { encoded, opusType, rtp, sent, throughNetwork, type Arrival } from './test/wire.ts';

describe('what was said', () => {
  it.each([16_000, 24_000] as const)('is heard at %i Hz, in frames of 20 ms', async (rate) => {
    const packets = sent(await encoded(tone(440, 1000, 24_000), 24_000));
    const { frames, stats } = await listen(packets, { rate, untilMs: 1040 });
    expect(frames.every(({ pcm }) => pcm.length === rate / 50)).toBe(true);
    const heard = joined(frames.slice(10, 50).map(({ pcm }) => pcm));
    expect(frequencyOf(heard, rate)).toBeCloseTo(440, 0);
    expect(levelDbfs(heard)).toBeCloseTo(levelDbfs(tone(440, 1000, rate)), 0);
    expect(stats).toMatchObject({ received: 50, lost: 0, concealedMs: 0, shortened: 0, stretched: 0 });
  });

  it.each([
    [2.5, 16],
    [5, 17],
    [10, 18],
    [40, 10],
    [60, 11],
  ])('is heard in packets of %f ms', async (ms, config) => {
    // A packet of nothing but its first byte is a frame that the decoder conceals: the length is what counts here.
    const payload = Uint8Array.of(config << 3, 0, 0, 0);
    const packets = sent(Array.from({ length: 600 / ms }, () => payload));
    const { frames, stats } = await listen(packets, { untilMs: 600 });
    expect(frames.every(({ pcm }) => pcm.length === 320)).toBe(true);
    const decoded = frames.filter(({ origin }) => origin === 'decoded').length * 20;
    expect(decoded).toBeGreaterThanOrEqual(440);
    expect(stats.undecodable).toBe(0);
  });

  it('in stereo is heard in mono', async () => {
    const options = {
      rate: 48_000,
      channels: 2,
      application: 'audio',
      bitrate: 64_000,
      complexity: 5,
      expectedLossPercent: 0,
    } as const;
    const encoder = await wasmOpus.createEncoder(options);
    const left = tone(440, 500, 48_000);
    const packets = Array.from({ length: 25 }, (_, frame) =>
      encoder.encode(Int16Array.from({ length: 1920 }, (_sample, index) => left[frame * 960 + (index >> 1)] ?? 0)),
    );
    encoder.close();
    const { frames } = await listen(sent(packets), { untilMs: 500 });
    expect(frequencyOf(joined(frames.slice(10, 24).map(({ pcm }) => pcm)), 16_000)).toBeCloseTo(440, 0);
  });
});

describe('what was lost', () => {
  /** Of a speech in packets, some of which are lost: how far from the speech without loss, and what was counted. */
  async function compare(isLost: (index: number) => boolean) {
    const packets = sent(await encoded(babble(4000, 24_000), 24_000));
    const clean = await listen(packets, { untilMs: 4000 });
    const lossy = await listen(
      packets.filter((_, index) => !isLost(index)),
      { untilMs: 4000 },
    );
    const pcm = ({ frames }: typeof clean): Int16Array => joined(frames.map((frame) => frame.pcm));
    return { error: errorEnergy(pcm(lossy), pcm(clean)), stats: lossy.stats, frames: lossy.frames };
  }

  const everyTenth = (index: number): boolean => index % 10 === 7;

  it('is recovered from the next packet, far better than by a guess', async () => {
    const recovered = await compare(everyTenth);
    expect(recovered.stats.lost).toBe(20);
    expect(recovered.stats.fecRecoveries).toBeGreaterThan(12);

    const guessed = await compare((index) => everyTenth(index) || everyTenth(index - 1));
    expect(guessed.stats.concealedMs).toBeGreaterThan(recovered.stats.concealedMs);
    expect(recovered.error).toBeLessThan(guessed.error / 4);
  });

  it('is guessed for 60 ms, then silent', async () => {
    const { frames, stats } = await compare((index) => index >= 20 && index < 30);
    const origins = frames.slice(20).map(({ origin }) => origin);
    const gap = origins.slice(origins.indexOf('concealed'), origins.indexOf('decoded', origins.indexOf('concealed')));
    expect(gap.slice(0, 4)).toEqual(['concealed', 'concealed', 'concealed', 'silence']);
    expect(stats.lost).toBe(10);
  });
});

describe('on a bad network', () => {
  it('30 ms of jitter, 5 % lost and 1 % twice leave little to guess, and it is counted', async () => {
    const tenSeconds = await encoded(babble(10_000, 24_000), 24_000);
    const clean = sent([...tenSeconds, ...tenSeconds, ...tenSeconds]);
    const faults = { lost: 0.05, doubled: 0.01, jitterMs: 30, random: seededRandom(1) };
    const { stats } = await listen(throughNetwork(clean, faults), { untilMs: 30_000 });
    expect(stats.lost).toBeGreaterThan(50);
    expect(stats.duplicates).toBeGreaterThan(5);
    expect(stats.fecRecoveries).toBeGreaterThan(stats.lost / 2);
    expect(stats.concealedMs).toBeGreaterThan(0);
    expect(stats.concealedMs).toBeLessThan(30_000 * 0.03);
    expect(stats.targetDelayMs).toBeLessThan(80);
  });

  it('without faults nothing is guessed, left out or put in', async () => {
    const clean = sent(await encoded(babble(10_000, 24_000), 24_000));
    const { stats } = await listen(clean, { untilMs: 10_000 });
    expect(stats).toMatchObject({ lost: 0, late: 0, concealedMs: 0, shortened: 0, stretched: 0, skippedMs: 0 });
  });

  it.each([200, -200])('a clock %i ppm off for ten minutes neither lets the delay grow nor runs dry', async (ppm) => {
    const second = await encoded(babble(5000, 24_000), 24_000);
    const payloads = Array.from({ length: 120 }, () => second).flat();
    const random = seededRandom(2);
    const delays: number[] = [];
    const arrivals = throughNetwork(sent(payloads), { jitterMs: 5, random });
    const { stats } = await listen(arrivals, {
      untilMs: 600_000 * (1 - Math.abs(ppm) / 1e6),
      tickMs: 20 * (1 + ppm / 1e6),
      heard: (_frame, nowMs, receiver) => delays.push(receiver.waitingMs(nowMs)),
    });
    expect(Math.max(...delays.slice(100))).toBeLessThan(90);
    expect(stats.concealedMs).toBeLessThan(200);
    // 120 ms too many, or too few, in ten minutes are six frames.
    expect(ppm > 0 ? stats.shortened : stats.stretched).toBeGreaterThanOrEqual(4);
    expect(stats.shortened + stats.stretched).toBeLessThanOrEqual(9);
  });
});

describe('a caller who says nothing', () => {
  it('with DTX is silent, not lost', async () => {
    const speech = await encoded(babble(400, 24_000), 24_000);
    const arrivals: Arrival[] = sent(speech);
    // The usual DTX: a packet of one byte every 400 ms, on timestamps that go on.
    for (let index = 0; index < 10; index += 1) {
      const ms = 400 + index * 400;
      arrivals.push({ atMs: ms + 20, bytes: rtp(15 + index, ms * 48 - 4800, Uint8Array.of(speech[0]![0]!)) });
    }
    const { stats, frames } = await listen(arrivals, { untilMs: 4400 });
    expect(stats).toMatchObject({ lost: 0, concealedMs: 0 });
    expect(stats.silentMs).toBeGreaterThan(3500);
    expect(levelDbfs(frames.at(-1)!.pcm)).toBeLessThan(-60);
  });

  it('without packets is silent, and heard from the first packet on when they come again', async () => {
    const speech = await encoded(tone(440, 1000, 24_000), 24_000);
    const before = sent(speech);
    const after = speech.map((payload, index) => ({
      atMs: 121_020 + index * 20,
      bytes: rtp(45 + index, (121_000 + index * 20) * 48 - 4800, payload),
    }));
    const { stats, frames } = await listen([...before, ...after], { untilMs: 122_040 });
    expect(stats).toMatchObject({ lost: 0, late: 0, concealedMs: 60 });
    expect(frames.slice(60, 6052).every(({ origin }) => origin !== 'decoded')).toBe(true);
    expect(frames.slice(6052).filter(({ origin }) => origin === 'decoded')).toHaveLength(50);
  });
});

describe('a sender that begins anew', () => {
  it.each<[string, Partial<{ ssrc: number; sequence: number }>]>([
    ['with another SSRC', { ssrc: 2 }],
    ['with other counters', { sequence: 40_000 }],
  ])('%s is heard from its second packet on', async (_what, { ssrc, sequence = 45 }) => {
    const speech = await encoded(tone(440, 1000, 24_000), 24_000);
    const after = speech.map((payload, index) => {
      const bytes = rtp(sequence + index, 3_000_000_000 + index * 960, payload);
      if (ssrc) new DataView(bytes.buffer).setUint32(8, ssrc);
      return { atMs: 1020 + index * 20, bytes };
    });
    const { stats, frames } = await listen([...sent(speech), ...after], { untilMs: 2100 });
    expect(frames.slice(52).filter(({ origin }) => origin === 'decoded').length).toBeGreaterThanOrEqual(49);
    expect(stats).toMatchObject({ unusable: 1, received: 99 });
  });
});

describe('whatever comes', () => {
  it('nothing throws: garbage as packets, garbage as Opus', async () => {
    const types = { opus: opusType, telephoneEvents: [110] };
    const receiver = await createReceiver({ opus: wasmOpus, rate: 16_000, types, pressed() {} });
    let nowMs = 0;
    let sequence = 0;
    const garbage = fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), wrapped: fc.boolean() });
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 20 }), (packets) => {
        for (const { bytes, wrapped } of packets) {
          receiver.take(wrapped ? rtp(sequence, sequence * 960, bytes) : bytes, nowMs);
          sequence += 1;
          nowMs += 20;
          expect(receiver.pull(nowMs).pcm).toHaveLength(320);
        }
      }),
      { numRuns: 300 },
    );
    receiver.close();
  });
});

import { describe, expect, it, vi } from 'vitest';
import { wasmOpus } from '../adapters/opus/wasm-opus.ts';
import type { OpusEncoder } from '../ports/opus.ts';
import { levelDbfs } from './level.ts';
import { carriesOpusFec, isOpusDtx } from './opus-packet.ts';
import { parseRtp, type RtpPacket } from './rtp-packet.ts';
import { createSender, Sender, type SentFrame } from './sender.ts';
import { babble, frequencyOf, joined, tone } from './test/sound.ts';

const start = { ssrc: 77, sequence: 65_530, timestamp: 4_294_960_000 };

/** Sends some frames; before each, `before` may do something. */
async function send(count: number, before: (sender: Sender, index: number) => void): Promise<SentFrame[]> {
  const sender = await createSender({ opus: wasmOpus, payloadType: 111, start });
  const frames = Array.from({ length: count }, (_, index) => {
    before(sender, index);
    return sender.tick();
  });
  sender.close();
  return frames;
}

async function decoded(frames: readonly SentFrame[]): Promise<Int16Array[]> {
  const decoder = await wasmOpus.createDecoder({ rate: 24_000, channels: 1 });
  const pcm = packetsOf(frames).map(({ payload }) => decoder.decode(payload)!);
  decoder.close();
  return pcm;
}

function packetsOf(frames: readonly SentFrame[]): RtpPacket[] {
  return frames.map(({ packet }) => parseRtp(packet)!);
}

const second = tone(440, 1000, 24_000);

/** The encoder, and how often it was used. */
async function countingEncoder() {
  const encoder = await wasmOpus.createEncoder({
    rate: 24_000,
    channels: 1,
    application: 'voip',
    bitrate: 28_000,
    complexity: 5,
    expectedLossPercent: 12,
  });
  const encode = vi.fn<OpusEncoder['encode']>((frame) => encoder.encode(frame));
  return { encode, encoder: { lookahead: encoder.lookahead, encode, close: () => encoder.close() } };
}

describe('what is sent', () => {
  it('is one stream of 20 ms steps through speech, silence and flushes, over the wrap of its counters (VOX-091)', async () => {
    const frames = await send(200, ({ queue }, index) => {
      if (index === 20) queue.write('a', second);
      if (index === 60) queue.flush();
      if (index === 100) queue.write('b', second);
      if (index === 120) queue.pause();
      if (index === 140) queue.resume();
    });
    packetsOf(frames).forEach((packet, index) => {
      expect(packet).toMatchObject({
        ssrc: 77,
        payloadType: 111,
        sequence: (start.sequence + index) % 65_536,
        timestamp: (start.timestamp + index * 960) % 4_294_967_296,
      });
      expect(isOpusDtx(packet.payload)).toBe(false);
    });
  });

  it('has a marker where speech begins', async () => {
    const frames = await send(60, ({ queue }, index) => {
      if (index === 5) queue.write('a', second.subarray(0, 480 * 10));
      if (index === 30) queue.write('a', second.subarray(0, 480 * 10));
    });
    const marked = packetsOf(frames).flatMap(({ marker }, index) => (marker ? [index] : []));
    expect(marked).toEqual([5, 30]);
    expect(frames.map(({ isSpeech }) => isSpeech).indexOf(true)).toBe(5);
  });

  it('is what was written, and carries copies against loss', async () => {
    const tones = await decoded(await send(50, ({ queue }, index) => index === 0 && queue.write('a', second)));
    expect(frequencyOf(joined(tones.slice(5)), 24_000)).toBeCloseTo(440, 0);
    const speech = await send(100, ({ queue }, index) => index === 0 && queue.write('a', babble(2000, 24_000)));
    expect(packetsOf(speech).filter(({ payload }) => carriesOpusFec(payload)).length).toBeGreaterThan(50);
    const bytes = packetsOf(speech).reduce((sum, { payload }) => sum + payload.length, 0);
    expect((bytes * 8) / 2).toBeLessThan(36_000);
  });

  it('is silent within a frame of a flush', async () => {
    const frames = await send(40, ({ queue }, index) => {
      if (index === 0) queue.write('a', second);
      if (index === 20) queue.flush();
    });
    expect(levelDbfs(frames[20]!.pcm.subarray(240))).toBe(-100);
    const heard = await decoded(frames);
    expect(levelDbfs(heard[19]!)).toBeGreaterThan(-20);
    expect(levelDbfs(heard[22]!)).toBeLessThan(-50);
  });
});

describe('what is prepared', () => {
  async function preparing() {
    const { encode, encoder } = await countingEncoder();
    return { encode, sender: new Sender({ opus: wasmOpus, payloadType: 111, start }, encoder) };
  }

  it('is what is sent, encoded once', async () => {
    const { encode, sender } = await preparing();
    sender.queue.write('a', second);
    const packets = Array.from({ length: 40 }, () => {
      sender.prepare();
      sender.prepare();
      return sender.tick();
    });
    expect(encode).toHaveBeenCalledTimes(40);
    expect(frequencyOf(joined((await decoded(packets)).slice(5)), 24_000)).toBeCloseTo(440, 0);
    expect(sender.queue.playedMs('a')).toBe(800);
    sender.close();
  });

  it('is not sent when it was flushed meanwhile', async () => {
    const { sender } = await preparing();
    sender.queue.write('a', second);
    const frames: SentFrame[] = [];
    for (let index = 0; index < 30; index += 1) {
      if (index === 20) sender.queue.flush();
      frames.push(sender.tick());
      sender.prepare();
    }
    expect(levelDbfs(frames[20]!.pcm.subarray(240))).toBe(-100);
    expect(levelDbfs((await decoded(frames))[22]!)).toBeLessThan(-50);
    sender.close();
  });
});

describe('silence', () => {
  it('is encoded only until the encoder has settled, and is silent for the decoder', async () => {
    const { encode, encoder } = await countingEncoder();
    const sender = new Sender({ opus: wasmOpus, payloadType: 111, start }, encoder);
    sender.queue.write('a', second);
    sender.queue.finish('a');
    const frames = Array.from({ length: 500 }, () => sender.tick());
    expect(encode).toHaveBeenCalledTimes(60);
    const heard = await decoded(frames);
    expect(levelDbfs(joined(heard.slice(60)))).toBeLessThan(-90);

    sender.queue.write('b', second);
    const again = await decoded([...frames, ...Array.from({ length: 50 }, () => sender.tick())]);
    expect(levelDbfs(joined(again.slice(502)))).toBeCloseTo(levelDbfs(second), 0);
    sender.close();
  });
});

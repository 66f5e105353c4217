import { describe, expect, it } from 'vitest';
import { wasmOpus } from '../adapters/opus/wasm-opus.ts';
import { levelDbfs } from './level.ts';
import { startRecording, type RecordingSink } from './stereo-recording.ts';
import { readOgg } from './test/ogg-reader.ts';
import { framesOf, frequencyOf, joined, tone } from './test/sound.ts';

const seconds = 2;
const caller = framesOf(tone(300, seconds * 1000, 16_000), 16_000);
const agent = framesOf(tone(700, seconds * 1000, 24_000), 24_000);

async function record(sink: RecordingSink, frames = caller.length) {
  const recording = await startRecording({ opus: wasmOpus, sink, callerRate: 16_000, serial: 1 });
  for (let index = 0; index < frames; index += 1) recording.add(caller[index]!, agent[index]!);
  return recording;
}

describe('a recording', () => {
  it('has the caller on the left, the agent on the right, and the length of the call', async () => {
    const parts: Uint8Array[] = [];
    const recording = await record(async (bytes) => void parts.push(bytes));
    await recording.finish();

    const pages = readOgg(Uint8Array.from(parts.flatMap((part) => [...part])));
    const [head, , ...packets] = pages.flatMap((page) => page.packets);
    const preSkip = head![10]! | (head![11]! << 8);
    expect(Number(pages.at(-1)!.granule) - preSkip).toBe(seconds * 48_000);

    const decoder = await wasmOpus.createDecoder({ rate: 48_000, channels: 2 });
    const heard = joined(packets.map((packet) => decoder.decode(packet)!)).subarray(preSkip * 2);
    decoder.close();
    const channel = (at: number): Int16Array => heard.filter((_, index) => index % 2 === at);
    const [left, right] = [channel(0).subarray(4800, 86_400), channel(1).subarray(4800, 86_400)];
    expect(frequencyOf(left, 48_000)).toBeCloseTo(300, 0);
    expect(frequencyOf(right, 48_000)).toBeCloseTo(700, 0);
    expect(levelDbfs(left)).toBeCloseTo(levelDbfs(tone(300, 100, 48_000)), 0);
    expect(levelDbfs(right)).toBeCloseTo(levelDbfs(left), 0);
  });

  it('writes while the call lasts', async () => {
    const parts: Uint8Array[] = [];
    const recording = await record(async (bytes) => void parts.push(bytes));
    await new Promise((resolve) => setImmediate(resolve));
    expect(parts.length).toBeGreaterThanOrEqual(2);
    recording.drop();
  });

  it('whose sink fails ends, and says why in the end', async () => {
    const recording = await record(async () => {
      throw new Error('disk full');
    });
    await expect(recording.finish()).rejects.toThrow('disk full');
    recording.add(caller[0]!, agent[0]!);
  });

  it('whose sink is too slow is given up', async () => {
    let release = (): void => {};
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const recording = await startRecording({ opus: wasmOpus, sink: () => blocked, callerRate: 24_000, serial: 1 });
    for (let second = 0; second < 31; second += 1) {
      for (let index = 0; index < 50; index += 1) recording.add(agent[index]!, agent[index]!);
    }
    release();
    await expect(recording.finish()).rejects.toThrow('too slowly');
  });

  it('that was dropped takes nothing more', async () => {
    const recording = await record(async () => {});
    recording.drop();
    recording.drop();
    recording.add(caller[0]!, agent[0]!);
    await recording.finish();
  });
});

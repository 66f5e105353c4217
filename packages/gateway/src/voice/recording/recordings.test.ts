import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeTime, silentLog } from '../../kit/index.ts';
import type { LogFields } from '../../kit/index.ts';
import { wasmOpus } from '../adapters/opus/wasm-opus.ts';
import { levelDbfs } from '../media/level.ts';
import { readOgg, type OggPage } from '../media/test/ogg-reader.ts';
import { framesOf, frequencyOf, joined, tone } from '../media/test/sound.ts';
import { recordingFile } from './recording-file.ts';
import { createRecordings } from './recordings.ts';
import type { CallRecording, RecordingsParts } from './recordings.ts';

const seconds = 3;
const caller = framesOf(tone(300, seconds * 1000, 16_000), 16_000);
const agent = framesOf(tone(700, seconds * 1000, 24_000), 24_000);
const silence = new Int16Array(480);

let folder: string;
let complaints: LogFields[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
  complaints = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const NAME = '2026-01-01T00-00-00Z_call-1.opus';

function recordingsIn(directory: string, changes: Partial<RecordingsParts> = {}) {
  const log = { ...silentLog, error: (fields: LogFields) => complaints.push(fields) };
  return createRecordings({ directory, opus: wasmOpus, clock: new FakeTime(), log, ...changes });
}

function begin(directory: string = folder, changes: Partial<RecordingsParts> = {}): Promise<CallRecording> {
  return recordingsIn(directory, changes).begin({ callId: 'call-1', callerRate: 16_000 });
}

/** Caller and agent speak at the same time, for as long as they have something to say. */
function speak(recording: CallRecording, { hears = caller, says = agent } = {}): void {
  for (const [index, frame] of says.entries()) recording.take(hears[index] ?? null, frame);
}

/** The reader wants bytes that `slice` copies, which those of Node are not. */
const pagesOf = (path: string): OggPage[] => readOgg(new Uint8Array(readFileSync(path)));

/** What is heard of a file, at 48 kHz. */
async function listenTo(path: string): Promise<{ left: Int16Array; right: Int16Array }> {
  const [head, , ...packets] = pagesOf(path).flatMap((page) => page.packets);
  const preSkip = head![10]! | (head![11]! << 8);
  const decoder = await wasmOpus.createDecoder({ rate: 48_000, channels: 2 });
  const heard = joined(packets.map((packet) => decoder.decode(packet)!)).subarray(preSkip * 2);
  decoder.close();
  const channel = (at: number): Int16Array => heard.filter((_, index) => index % 2 === at);
  return { left: channel(0), right: channel(1) };
}

/** Without the edges. */
const middle = (pcm: Int16Array): Int16Array => pcm.subarray(4_800, 86_400);

describe('the recording of a call', () => {
  it('is a file with the caller on the left and the agent on the right', async () => {
    const recording = await begin();
    speak(recording);
    await recording.finish();
    expect(readdirSync(folder)).toEqual([NAME]);
    expect(pagesOf(join(folder, NAME)).at(-1)?.flags).toBe(4);
    const { left, right } = await listenTo(join(folder, NAME));
    expect(frequencyOf(middle(left), 48_000)).toBeCloseTo(300, 0);
    expect(frequencyOf(middle(right), 48_000)).toBeCloseTo(700, 0);
    expect(complaints).toEqual([]);
  });

  it('is silent on the left while nothing comes from the caller, and keeps time', async () => {
    const recording = await begin();
    speak(recording, { hears: [] });
    speak(recording, { says: agent.map(() => silence) });
    await recording.finish();
    const { left, right } = await listenTo(join(folder, NAME));
    expect(levelDbfs(middle(left))).toBeLessThan(-70);
    expect(levelDbfs(middle(right))).toBeGreaterThan(-20);
    const [leftLater, rightLater] = [left.subarray(seconds * 48_000), right.subarray(seconds * 48_000)];
    expect(frequencyOf(middle(leftLater), 48_000)).toBeCloseTo(300, 0);
    expect(levelDbfs(middle(rightLater))).toBeLessThan(-70);
  });

  it('can be played up to its last second when the process is gone', async () => {
    const recording = await begin();
    speak(recording);
    const part = join(folder, `${NAME}.part`);
    await vi.waitFor(() => expect(pagesOf(part)).toHaveLength(5));
    const { right } = await listenTo(part);
    expect(right.length).toBeGreaterThanOrEqual(2 * 48_000);
    expect(frequencyOf(middle(right), 48_000)).toBeCloseTo(700, 0);
    await recording.finish();
  });

  it('is for nobody but the owner, in a folder that is made when it is missing', async () => {
    const directory = join(folder, 'data', 'recordings');
    const recording = await begin(directory);
    speak(recording);
    await recording.finish();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, NAME)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it is discarded, and takes nothing more', async () => {
    const recording = await begin();
    speak(recording);
    await recording.discard();
    speak(recording);
    await recording.finish();
    expect(readdirSync(folder)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('leaves nothing behind when the call never came to audio', async () => {
    const recording = await begin();
    await recording.finish();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is finished once, and with all others when the process stops', async () => {
    const recordings = recordingsIn(folder);
    const [one, other] = await Promise.all(
      ['one', 'other'].map((callId) => recordings.begin({ callId, callerRate: 24_000 })),
    );
    for (const recording of [one!, other!]) recording.take(agent[0]!, agent[0]!);
    await one!.finish();
    await recordings.close();
    await other!.finish();
    expect(readdirSync(folder).sort()).toEqual(['2026-01-01T00-00-00Z_one.opus', '2026-01-01T00-00-00Z_other.opus']);
  });

  it('does not replace the file of another', async () => {
    writeFileSync(join(folder, `${NAME}.part`), 'taken');
    const recording = await begin();
    speak(recording);
    await recording.finish();
    expect(complaints).toMatchObject([{ callId: 'call-1', err: { code: 'EEXIST' } }]);
    expect(readFileSync(join(folder, `${NAME}.part`), 'utf8')).toBe('taken');
  });
});

describe('what the call never feels', () => {
  it('is a folder that cannot be made: it is logged once', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const recording = await begin(join(file, 'recordings'));
    speak(recording);
    await vi.waitFor(() => expect(complaints).toMatchObject([{ callId: 'call-1', err: { code: 'ENOTDIR' } }]));
    speak(recording);
    await recording.finish();
    await recording.discard();
    expect(complaints).toHaveLength(1);
  });

  it('is a disk that gets full: it is logged once, and what was written stays readable', async () => {
    const noSpace = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    let pages = 0;
    const recording = await begin(folder, {
      fileAt(path) {
        const file = recordingFile(path);
        return { ...file, append: async (bytes) => (++pages > 2 ? Promise.reject(noSpace) : file.append(bytes)) };
      },
    });
    speak(recording);
    await recording.finish();
    expect(complaints).toEqual([{ callId: 'call-1', err: noSpace }]);
    expect(readdirSync(folder)).toEqual([`${NAME}.part`]);
    const { right } = await listenTo(join(folder, `${NAME}.part`));
    expect(frequencyOf(right.subarray(4_800, 40_000), 48_000)).toBeCloseTo(700, 0);
  });

  it('is a codec that cannot be had', async () => {
    const error = new Error('no memory');
    const opus = { ...wasmOpus, createEncoder: () => Promise.reject(error) };
    const recording = await begin(folder, { opus });
    speak(recording);
    await recording.finish();
    expect(complaints).toEqual([{ callId: 'call-1', err: error }]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is a codec that breaks', async () => {
    const opus = {
      ...wasmOpus,
      createEncoder: async (...options: Parameters<typeof wasmOpus.createEncoder>) => {
        const encoder = await wasmOpus.createEncoder(...options);
        let packets = 0;
        return {
          lookahead: encoder.lookahead,
          close: () => encoder.close(),
          encode(frame: Int16Array) {
            if (++packets > 100) throw new Error('broken');
            return encoder.encode(frame);
          },
        };
      },
    };
    const recording = await begin(folder, { opus });
    speak(recording);
    await recording.finish();
    expect(complaints).toMatchObject([{ callId: 'call-1', err: { message: 'broken' } }]);
    expect(readdirSync(folder)).toEqual([`${NAME}.part`]);
  });
});

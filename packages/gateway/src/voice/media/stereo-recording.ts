// A recording of a call: the caller on the left, the agent on the right, as an Ogg file that grows second by second.
import type { Opus, OpusEncoder, OpusEncoderOptions } from '../ports/opus.ts';
import { OggOpusWriter } from './ogg-opus.ts';
import { PcmFifo } from './pcm-fifo.ts';
import { frameSamples, frameTicks, type SpeechRate } from './pcm.ts';
import { Resampler } from './resample.ts';

/** Where a recording goes. Called one at a time. */
export type RecordingSink = (bytes: Uint8Array) => Promise<void>;

/** What a recording needs. */
export interface RecordingOptions {
  opus: Opus;
  sink: RecordingSink;
  /** Rate of the caller's frames; the agent's are of 24 kHz. */
  callerRate: SpeechRate;
  /** Any number of 32 bits. */
  serial: number;
}

const rate = 24_000;
/** As music: the coder for speech would let one side be heard on the other's, and takes four times as long. */
const encoding: OpusEncoderOptions = {
  rate,
  channels: 2,
  application: 'audio',
  bitrate: 48_000,
  complexity: 3,
  expectedLossPercent: 0,
};
/** Decoders need 80 ms to settle (RFC 7845, sections 4.2 and 4.6): so much stands before the call. */
const settlingFrames = 4;
/** Pages (of a second) that may wait for a slow sink. With more, the recording is given up. */
const maxWaitingPages = 30;

/** Begins a recording. */
export async function startRecording(options: RecordingOptions): Promise<StereoRecording> {
  return new StereoRecording(options, await options.opus.createEncoder(encoding));
}

/** Records one call. Frames of 20 ms are added while it lasts; then it is finished, or dropped. */
export class StereoRecording {
  readonly #encoder: OpusEncoder;
  readonly #sink: RecordingSink;
  readonly #ogg: OggOpusWriter;
  readonly #resampler: Resampler;
  /** The caller at 24 kHz. */
  readonly #caller = new PcmFifo();
  readonly #interleaved = new Int16Array(2 * frameSamples(rate));
  /** The pages so far, one after the other. */
  #written: Promise<void> = Promise.resolve();
  #waitingPages = 0;
  #failure: { error: unknown } | undefined;
  #isOver = false;

  constructor({ sink, callerRate, serial }: RecordingOptions, encoder: OpusEncoder) {
    this.#encoder = encoder;
    this.#sink = sink;
    this.#resampler = new Resampler(callerRate, rate);
    const preSkip = settlingFrames * frameTicks + (encoder.lookahead * 48_000) / rate;
    this.#ogg = new OggOpusWriter({ channels: 2, preSkip, inputRate: rate, serial, vendor: 'Parley' });
    this.#write(this.#ogg.begin());
    const silence = new Int16Array(frameSamples(rate));
    for (let frame = 0; frame < settlingFrames; frame += 1) this.#encode(silence, silence);
  }

  /** Adds what sounded in the same 20 ms: the caller, at his rate, and the agent. After the end it does nothing. */
  add(caller: Int16Array, agent: Int16Array): void {
    if (this.#isOver) return;
    this.#caller.push(this.#resampler.push(caller));
    // Of the first frame the resampler holds back the end.
    const left = this.#caller.take(frameSamples(rate));
    const delayed = new Int16Array(frameSamples(rate));
    delayed.set(left, delayed.length - left.length);
    this.#encode(delayed, agent);
  }

  /** Ends the file. Resolves when everything is in the sink; rejects with the sink's first error. */
  async finish(): Promise<void> {
    if (!this.#isOver) {
      // What the encoder still holds back comes out with one more frame.
      const silence = new Int16Array(frameSamples(rate));
      const heard = (this.#encoder.lookahead * 48_000) / rate;
      this.#encode(silence, silence);
      this.#write(this.#ogg.end(frameTicks - heard));
      this.#end();
    }
    await this.#written;
    if (this.#failure) throw this.#failure.error;
  }

  /** Ends the recording without a proper end of the file. Twice does no harm. */
  drop(): void {
    this.#end();
  }

  #encode(left: Int16Array, right: Int16Array): void {
    for (let index = 0; index < this.#interleaved.length / 2; index += 1) {
      this.#interleaved[2 * index] = left[index] ?? 0;
      this.#interleaved[2 * index + 1] = right[index] ?? 0;
    }
    this.#write(this.#ogg.write(this.#encoder.encode(this.#interleaved), frameTicks));
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#failure) return;
    if (this.#waitingPages >= maxWaitingPages) return this.#fail(new Error('the recording is written too slowly'));
    this.#waitingPages += 1;
    this.#written = this.#written.then(() => this.#hand(bytes));
  }

  async #hand(bytes: Uint8Array): Promise<void> {
    try {
      if (!this.#failure) await this.#sink(bytes);
    } catch (error) {
      this.#fail(error);
    }
    this.#waitingPages -= 1;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#encoder.close();
  }
}

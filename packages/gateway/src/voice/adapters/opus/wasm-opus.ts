// Opus by libopus, compiled to WebAssembly: the same code everywhere, no native build.
import {
  Application,
  createDecoder,
  createEncoder,
  isOpusError,
  Signal,
  type OpusDecoderHandle,
  type OpusEncoderHandle,
} from 'libopus-wasm';
import type { Opus, OpusDecoder, OpusEncoder } from '../../ports/opus.ts';

const framesPerSecond = 50;

/** libopus. All codecs of the process share one module and its memory. */
export const wasmOpus: Opus = {
  async createDecoder({ rate, channels }) {
    return new WasmDecoder(await createDecoder({ sampleRate: rate, channels }));
  },
  async createEncoder({ rate, channels, application, bitrate, complexity, expectedLossPercent }) {
    const handle = await createEncoder({
      sampleRate: rate,
      channels,
      frameSize: rate / framesPerSecond,
      application: application === 'voip' ? Application.Voip : Application.Audio,
      signal: application === 'voip' ? Signal.Voice : Signal.Auto,
      bitrate,
      complexity,
      dtx: false,
      fec: expectedLossPercent > 0,
      packetLossPercent: expectedLossPercent,
    });
    return new WasmEncoder(handle);
  },
};

class WasmDecoder implements OpusDecoder {
  readonly #handle: OpusDecoderHandle;

  constructor(handle: OpusDecoderHandle) {
    this.#handle = handle;
  }

  decode(packet: Uint8Array): Int16Array | undefined {
    if (packet.length === 0) return undefined;
    return samplesUnlessGarbage(() => this.#handle.decode(packet));
  }

  recover(next: Uint8Array, samples: number): Int16Array | undefined {
    if (next.length === 0) return undefined;
    return samplesUnlessGarbage(() => this.#handle.decode(next, { decodeFec: true, frameSize: samples }));
  }

  conceal(samples: number): Int16Array {
    return this.#handle.decodePacketLoss(samples);
  }

  close(): void {
    this.#handle.free();
  }
}

class WasmEncoder implements OpusEncoder {
  readonly lookahead: number;
  readonly #handle: OpusEncoderHandle;

  constructor(handle: OpusEncoderHandle) {
    this.#handle = handle;
    this.lookahead = handle.getLookahead();
  }

  encode(frame: Int16Array): Uint8Array {
    return this.#handle.encode(frame);
  }

  close(): void {
    this.#handle.free();
  }
}

function samplesUnlessGarbage(decode: () => Int16Array): Int16Array | undefined {
  try {
    return decode();
  } catch (error) {
    if (isOpusError(error)) return undefined;
    throw error;
  }
}

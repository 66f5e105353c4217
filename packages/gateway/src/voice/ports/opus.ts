// Opus as a port: what the media path needs of a codec. PCM is mono or interleaved Int16.

/** Sampling rates Opus reads and writes by itself, without a resampler. Hz. */
export type OpusRate = 8_000 | 12_000 | 16_000 | 24_000 | 48_000;

/** Decodes the packets of one stream. Whatever arrives, it doesn't throw; a payload that isn't Opus is `undefined`. */
export interface OpusDecoder {
  /** The samples of a packet of 2.5 to 120 ms, or `undefined` for garbage. */
  decode(packet: Uint8Array): Int16Array | undefined;
  /** What was lost before `next`, from the copy `next` carries (in-band FEC). `samples` per channel, steps of 2.5 ms. */
  recover(next: Uint8Array, samples: number): Int16Array | undefined;
  /** A guess at what is missing (packet-loss concealment). `samples` per channel, steps of 2.5 ms, at most 120 ms. */
  conceal(samples: number): Int16Array;
  /** Frees the memory. Twice does no harm; nothing else may be called afterwards. */
  close(): void;
}

/** Encodes the frames of one stream. */
export interface OpusEncoder {
  /** Samples per channel the decoder has to drop at the beginning (pre-skip), at the encoder's rate. */
  readonly lookahead: number;
  /** One packet of one 20 ms frame. Another length is a mistake of the caller and throws. */
  encode(frame: Int16Array): Uint8Array;
  /** Frees the memory. Twice does no harm; nothing else may be called afterwards. */
  close(): void;
}

/** How a stream is decoded. */
export interface OpusDecoderOptions {
  rate: OpusRate;
  /** With 1, stereo packets are mixed down. */
  channels: 1 | 2;
}

/** How a stream is encoded: frames of 20 ms, variable bit rate, no DTX. */
export interface OpusEncoderOptions {
  rate: OpusRate;
  channels: 1 | 2;
  /** `voip`: speech over a network. `audio`: any sound, faithfully; carries no copies of frames. */
  application: 'voip' | 'audio';
  /** Bits per second. */
  bitrate: number;
  /** 0 to 10: more is better and slower. */
  complexity: number;
  /** Carries a copy of the last frame in each packet, sized for this loss (percent). 0: none. */
  expectedLossPercent: number;
}

/** Makes codecs. */
export interface Opus {
  createDecoder(options: OpusDecoderOptions): Promise<OpusDecoder>;
  createEncoder(options: OpusEncoderOptions): Promise<OpusEncoder>;
}

// Sound on a call: what a caller sends, and what comes back.
import { createEncoder } from 'libopus-wasm';
import type { NativeCaller } from '../../src/voice/index.ts';
import { readRtp, rtpPacket } from './rtp.ts';
import type { RtpParts } from './rtp.ts';

/** One stream of a caller: counters that go on, 20 ms a packet. */
export interface SentStream {
  /** Sends the next packet. */
  send(payload: Uint8Array): void;
}

/** Begins a stream under the caller's SSRC unless told otherwise. */
export function sentStream(
  caller: NativeCaller,
  { ssrc = caller.ssrc, sequence = 1 }: { ssrc?: number; sequence?: number } = {},
): SentStream {
  let next = sequence;
  return {
    send(payload) {
      caller.send(
        rtpPacket({ payloadType: caller.opusPayloadType, sequence: next, timestamp: next * 960, ssrc, payload }),
      );
      next += 1;
    },
  };
}

/** Sends this, again and again, until an echo call brings it back. */
export async function echoed(caller: NativeCaller, stream: SentStream, payload: Uint8Array): Promise<RtpParts> {
  const wanted = Buffer.from(payload);
  const back = caller.nextPacket((packet) => wanted.equals(readRtp(packet)?.payload ?? new Uint8Array()));
  const again = setInterval(() => stream.send(payload), 20);
  stream.send(payload);
  try {
    return readRtp(await back) as RtpParts;
  } finally {
    clearInterval(again);
  }
}

/** Sends a tone in Opus, 20 ms a packet in real time, until it is stopped. */
export async function toneSender(caller: NativeCaller, sequence = 1): Promise<{ stop(): void }> {
  const encoder = await createEncoder({ sampleRate: 48_000, channels: 1, frameSize: 960 });
  const frame = Int16Array.from({ length: 960 }, (_, index) => 10_000 * Math.sin((2 * Math.PI * 500 * index) / 48_000));
  const stream = sentStream(caller, { sequence });
  const timer = setInterval(() => stream.send(encoder.encode(frame)), 20);
  return {
    stop() {
      clearInterval(timer);
      encoder.free();
    },
  };
}

// Sound on a call: what a caller sends, and what comes back.
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

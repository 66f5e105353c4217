// A sender and a network for tests of the receiving side.
import { wasmOpus } from '../../adapters/opus/wasm-opus.ts';
import { opusTicks } from '../opus-packet.ts';
import { ticksPerMs } from '../pcm.ts';
import { buildRtp } from '../rtp-packet.ts';
import { wrapSequence, wrapTimestamp } from '../sequence.ts';
import { framesOf } from './sound.ts';

/** Bytes and when they come. */
export interface Arrival {
  atMs: number;
  bytes: Uint8Array;
}

export const opusType = 111;
export const eventType = 110;

/** Encodes mono audio in frames of 20 ms, with FEC for a loss of 15 %. */
export async function encoded(pcm: Int16Array, rate: 24_000 | 48_000): Promise<Uint8Array[]> {
  const options = {
    rate,
    channels: 1,
    application: 'voip',
    bitrate: 28_000,
    complexity: 5,
    expectedLossPercent: 15,
  } as const;
  const encoder = await wasmOpus.createEncoder(options);
  const packets = framesOf(pcm, rate).map((frame) => encoder.encode(frame));
  encoder.close();
  return packets;
}

/** One RTP packet of a stream whose counters begin at 0 (and wrap); SSRC 1. */
export function rtp(
  sequence: number,
  timestamp: number,
  payload: Uint8Array,
  payloadType: number = opusType,
): Uint8Array {
  const counters = { sequence: wrapSequence(sequence), timestamp: wrapTimestamp(timestamp) };
  return buildRtp({ payloadType, marker: false, ssrc: 1, payload, ...counters });
}

/** Sends payloads one after the other, each when it is complete; counters are about to wrap. */
export function sent(payloads: readonly Uint8Array[]): Arrival[] {
  let timestamp = -4800;
  return payloads.map((payload, index) => {
    const bytes = rtp(index - 5, timestamp, payload);
    timestamp += opusTicks(payload) ?? 0;
    return { atMs: (timestamp + 4800) / ticksPerMs, bytes };
  });
}

/** What a network does to packets. */
export interface NetworkFaults {
  /** Shares of packets. */
  lost?: number;
  doubled?: number;
  /** Each packet is up to so much late, whatever others are. */
  jitterMs?: number;
  random: () => number;
}

/** The packets after their way through a network. */
export function throughNetwork(arrivals: readonly Arrival[], faults: NetworkFaults): Arrival[] {
  const { lost = 0, doubled = 0, jitterMs = 0, random } = faults;
  return arrivals
    .filter(() => random() >= lost)
    .flatMap((arrival) => (random() < doubled ? [arrival, arrival] : [arrival]))
    .map(({ atMs, bytes }) => ({ atMs: atMs + random() * jitterMs, bytes }));
}

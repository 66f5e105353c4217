// Runs a receiver in a test's time.
import { wasmOpus } from '../../adapters/opus/wasm-opus.ts';
import type { SpeechRate } from '../pcm.ts';
import { createReceiver, type ReceivedFrame, type Receiver, type ReceiverStats } from '../receiver.ts';
import { eventType, opusType, type Arrival } from './wire.ts';

/** What a receiver made of some packets. */
export interface Listened {
  frames: ReceivedFrame[];
  digits: string[];
  stats: ReceiverStats;
}

/** How to listen. */
export interface Listening {
  rate?: SpeechRate;
  untilMs: number;
  /** Length of the listener's 20 ms on the sender's clock. */
  tickMs?: number;
  /** Called after each frame. */
  heard?: (frame: ReceivedFrame, nowMs: number, receiver: Receiver) => void;
}

/** Gives a receiver packets at their times and pulls a frame every 20 ms. */
export async function listen(arrivals: readonly Arrival[], listening: Listening): Promise<Listened> {
  const { rate = 16_000, untilMs, tickMs = 20, heard } = listening;
  const digits: string[] = [];
  const types = { opus: opusType, telephoneEvents: [eventType] };
  const receiver = await createReceiver({ opus: wasmOpus, rate, types, pressed: (digit) => digits.push(digit) });
  const frames: ReceivedFrame[] = [];
  const left = arrivals.toSorted((one, other) => other.atMs - one.atMs);
  for (let nowMs = 0; nowMs <= untilMs; nowMs += tickMs) {
    for (let next = left.at(-1); next && next.atMs <= nowMs; next = left.at(-1)) {
      left.pop();
      receiver.take(next.bytes, next.atMs);
    }
    const frame = receiver.pull(nowMs);
    frames.push(frame);
    heard?.(frame, nowMs, receiver);
  }
  const { stats } = receiver;
  receiver.close();
  return { frames, digits, stats };
}

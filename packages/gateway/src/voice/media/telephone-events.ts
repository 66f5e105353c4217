// Keys of a telephone as RTP packets (RFC 4733). Reads what clients press, and writes what is to be pressed.
import type { PlacedPacket } from './rtp-timeline.ts';

/** Keys by event number. */
const digits = '0123456789*#ABCD';

/** The payload of one packet. */
export interface TelephoneEvent {
  /** 0 to 15 are keys. */
  event: number;
  /** The key was let go. */
  isEnd: boolean;
  /** Attenuation, 0 to 63 dB below full scale. */
  volume: number;
  /** Since the event's timestamp, in ticks of the RTP clock. */
  duration: number;
}

/** Reads a payload; `undefined` when it isn't one. */
export function parseTelephoneEvent(payload: Uint8Array): TelephoneEvent | undefined {
  const [event, flags, high, low] = payload;
  if (event === undefined || flags === undefined || high === undefined || low === undefined) return undefined;
  return { event, isEnd: (flags & 0x80) !== 0, volume: flags & 0x3f, duration: (high << 8) | low };
}

/** Writes a payload. */
export function buildTelephoneEvent({ event, isEnd, volume, duration }: TelephoneEvent): Uint8Array {
  return Uint8Array.of(event, (isEnd ? 0x80 : 0) | volume, duration >> 8, duration & 0xff);
}

/** A packet of a key press that is to be sent: all of a press have the timestamp of its beginning. */
export interface KeyPacket {
  /** When it is due, from the beginning of the press. */
  afterMs: number;
  marker: boolean;
  payload: Uint8Array;
}

const updateMs = 20;
const usualVolume = 10;

/** The packets of a press: an update every 20 ms, then the end three times. At most 1300 ms on a clock of 48 kHz. */
export function keyPackets(digit: string, durationMs: number, ticksPerMs: number): KeyPacket[] {
  const event = digits.indexOf(digit);
  if (event === -1 || digit.length !== 1) throw new RangeError('not a key of a telephone');
  const packet = (afterMs: number, isEnd: boolean): KeyPacket => {
    const duration = Math.round(Math.min(afterMs + (isEnd ? 0 : updateMs), durationMs) * ticksPerMs);
    return {
      afterMs,
      marker: afterMs === 0,
      payload: buildTelephoneEvent({ event, isEnd, volume: usualVolume, duration }),
    };
  };
  const updates = Array.from({ length: Math.ceil(durationMs / updateMs) }, (_, index) =>
    packet(index * updateMs, false),
  );
  const end = packet(durationMs, true);
  return [...updates, end, end, end];
}

/** A press whose end is lost counts so long after its last packet. */
const endlessMs = 200;
/** Presses whose packets may still come again. */
const rememberedPresses = 32;
/** Durations are of 16 bits. A longer press goes on as a new event without a marker (RFC 4733, section 2.5.2.3). */
const nearlyFullDuration = 0x8000;

interface Press {
  id: string;
  event: number;
  duration: number;
  lastMs: number;
}

/** Makes presses out of packets: each key once, at its end, however many packets of it come. */
export class KeyPresses {
  #open: Press | undefined;
  readonly #reported: string[] = [];

  /** Takes a packet and returns the keys it completes (mostly none, at most two). */
  take({ packet }: PlacedPacket, nowMs: number): string[] {
    const read = parseTelephoneEvent(packet.payload);
    if (!read || read.event >= digits.length) return [];
    const id = `${packet.ssrc} ${packet.timestamp}`;
    if (this.#reported.includes(id)) return [];

    const completed = this.#isOtherPress(id, read, packet.marker) ? this.#close() : [];
    this.#open = { id, event: read.event, duration: read.duration, lastMs: nowMs };
    return read.isEnd ? [...completed, ...this.#close()] : completed;
  }

  /** Returns the key whose end has been missing for too long, if there is one. Call it now and then. */
  expire(nowMs: number): string[] {
    return this.#open && nowMs - this.#open.lastMs >= endlessMs ? this.#close() : [];
  }

  #isOtherPress(id: string, { event }: TelephoneEvent, marker: boolean): boolean {
    if (!this.#open || this.#open.id === id) return false;
    const goesOn = !marker && event === this.#open.event && this.#open.duration >= nearlyFullDuration;
    if (goesOn) this.#remember(this.#open.id);
    return !goesOn;
  }

  #close(): string[] {
    const press = this.#open;
    if (!press) return [];
    this.#open = undefined;
    this.#remember(press.id);
    return [digits.charAt(press.event)];
  }

  #remember(id: string): void {
    this.#reported.push(id);
    if (this.#reported.length > rememberedPresses) this.#reported.shift();
  }
}

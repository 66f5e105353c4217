// The voice and the ears of a caller, for tests and benchmarks: speaks and presses keys in packets of 20 ms, as a
// telephone does, and decodes at once whatever comes back.
import { systemTimers } from '../kit/index.ts';
import type { NativeCaller } from './adapters/node-datachannel/native-caller.ts';
import { wasmOpus } from './adapters/opus/wasm-opus.ts';
import { levelDbfs } from './media/level.ts';
import { PacingClock, monotonicClock } from './media/pacing-clock.ts';
import { frameSamples, frameTicks, ticksPerMs } from './media/pcm.ts';
import { isRtcp } from './media/rtcp.ts';
import { buildRtp, parseRtp } from './media/rtp-packet.ts';
import { wrapSequence, wrapTimestamp } from './media/sequence.ts';
import { keyPackets } from './media/telephone-events.ts';

/** Of everything said and heard. Hz. */
const RATE = 24_000;
/** Packets above this hold sound, dBFS. */
const SOUND_DBFS = -45;
const KEY_MS = 100;

/** How a caller speaks. */
export interface CallerAudioOptions {
  /** The connection, once it carries packets. */
  caller: Pick<NativeCaller, 'send' | 'onPacket' | 'ssrc' | 'opusPayloadType'>;
  /** Of telephone events, whose clock is Opus' own. */
  telephoneEventType: number;
  /** Whether the packet of this number, from 0, gets lost on its way to the gateway. Default: none. */
  isLost?: (index: number) => boolean;
}

/** A packet of the agent. */
export interface HeardPacket {
  /** When it came, on the machine's monotonic clock. */
  atMs: number;
  ssrc: number;
  sequence: number;
  timestamp: number;
  /** Mono, 24 kHz. */
  pcm: Int16Array;
  isSound: boolean;
}

/** When the first and the last packet with sound of something left, on the machine's monotonic clock. */
export interface Said {
  firstMs: number;
  lastMs: number;
}

/** The audio of one caller. */
export interface CallerAudio {
  /** Says this after what is being said: mono, 24 kHz. Resolves when it is out. */
  say(pcm: Int16Array): Promise<Said>;
  /** Presses a key for 100 ms. Resolves when it is out. */
  press(digit: string): Promise<void>;
  /** Everything that was heard so far. */
  readonly heard: readonly HeardPacket[];
  /** The next packet with sound that comes from now on. */
  nextSound(): Promise<HeardPacket>;
  /** Falls silent and deaf. */
  close(): void;
}

/** Opens a caller's mouth and ears. It sends silence while it says nothing. */
export async function createCallerAudio(options: CallerAudioOptions): Promise<CallerAudio> {
  const { caller, telephoneEventType, isLost = () => false } = options;
  const format = { rate: RATE, channels: 1 } as const;
  const quality = { application: 'voip', bitrate: 28_000, complexity: 5, expectedLossPercent: 10 } as const;
  const encoder = await wasmOpus.createEncoder({ ...format, ...quality });
  const decoder = await wasmOpus.createDecoder(format);
  const silence = new Int16Array(frameSamples(RATE));
  /** What the next beats send, 20 ms each. */
  const waiting: ((nowMs: number) => void)[] = [];
  const heard: HeardPacket[] = [];
  const listeners = new Set<(packet: HeardPacket) => void>();
  let index = 0;
  let timestamp = 0;
  let isOpen = true;

  function send(payloadType: number, payload: Uint8Array, at: { timestamp: number; marker: boolean }): void {
    const bytes = buildRtp({ payloadType, payload, ...at, sequence: wrapSequence(index), ssrc: caller.ssrc });
    if (!isLost(index++)) caller.send(bytes);
  }

  function sendSound(pcm: Int16Array): void {
    send(caller.opusPayloadType, encoder.encode(pcm), { timestamp, marker: false });
  }

  function beat(nowMs: number): void {
    timestamp = wrapTimestamp(timestamp + frameTicks);
    const next = waiting.shift();
    if (next) next(nowMs);
    else sendSound(silence);
  }

  function take(bytes: Uint8Array): void {
    const packet = isOpen && !isRtcp(bytes) ? parseRtp(bytes) : undefined;
    const pcm = packet && decoder.decode(packet.payload);
    if (!pcm) return;
    const { ssrc, sequence, timestamp: at } = packet;
    const news = { atMs: monotonicClock.nowMs(), ssrc, sequence, timestamp: at, pcm, isSound: isSound(pcm) };
    heard.push(news);
    for (const listener of listeners) listener(news);
  }

  const pacing = new PacingClock({ timers: systemTimers, clock: monotonicClock });
  const stop = pacing.add({
    beat,
    failed(error) {
      throw error;
    },
  });
  caller.onPacket(take);

  return {
    say: (pcm) =>
      new Promise((resolve) => {
        const said: Partial<Said> = {};
        const frames = framesOf(pcm);
        for (const [place, frame] of frames.entries()) {
          waiting.push((nowMs) => {
            sendSound(frame);
            if (isSound(frame)) {
              said.firstMs ??= nowMs;
              said.lastMs = nowMs;
            }
            if (place === frames.length - 1) resolve({ firstMs: nowMs, lastMs: nowMs, ...said });
          });
        }
      }),
    press: (digit) =>
      new Promise((resolve) => {
        let began: number | undefined;
        const packets = keyPackets(digit, KEY_MS, ticksPerMs);
        for (const [place, { payload, marker }] of packets.entries()) {
          waiting.push(() => {
            began ??= timestamp;
            send(telephoneEventType, payload, { timestamp: began, marker });
            if (place === packets.length - 1) resolve();
          });
        }
      }),
    heard,
    nextSound: () =>
      new Promise((resolve) => {
        const listener = (packet: HeardPacket): void => {
          if (!packet.isSound) return;
          listeners.delete(listener);
          resolve(packet);
        };
        listeners.add(listener);
      }),
    close() {
      if (!isOpen) return;
      isOpen = false;
      stop();
      encoder.close();
      decoder.close();
    },
  };
}

function isSound(pcm: Int16Array): boolean {
  return levelDbfs(pcm) > SOUND_DBFS;
}

/** Frames of 20 ms, the last one filled up with silence. */
function framesOf(pcm: Int16Array): Int16Array[] {
  const samples = frameSamples(RATE);
  return Array.from({ length: Math.ceil(pcm.length / samples) }, (_, place) => {
    const frame = new Int16Array(samples);
    frame.set(pcm.subarray(place * samples, (place + 1) * samples));
    return frame;
  });
}

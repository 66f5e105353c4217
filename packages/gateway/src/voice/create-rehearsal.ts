// Calls with neither callers nor agents: the audio of real ones, and the ear of their dialogues, without network,
// signaling and sessions. For who measures what they cost.
import { randomBytes } from 'node:crypto';
import { systemClock, systemTimers } from '../kit/index.ts';
import { createEspeakSpeech } from './adapters/espeak/espeak-speech.ts';
import { wasmOpus } from './adapters/opus/wasm-opus.ts';
import { createSileroDetectors } from './adapters/silero/silero-detectors.ts';
import { agentPaths } from './calls/agent-path.ts';
import type { Mouth } from './dialogue.ts';
import { PacingClock, monotonicClock } from './media/pacing-clock.ts';
import { resample } from './media/resample.ts';
import { createVoiceActivity } from './traditional/voice-activity.ts';

/** What is rehearsed. */
export interface RehearsalOptions {
  /** The caller is listened to for speech, as in traditional mode. */
  listens: boolean;
  /** A frame left so many ms late. */
  onLate: (lateMs: number) => void;
}

/** A call without a caller. */
export interface RehearsedCall {
  /** A packet of the caller. */
  take(packet: Uint8Array): void;
  readonly mouth: Mouth;
  close(): void;
}

/** The stage of all calls. */
export interface Rehearsal {
  /** Begins a call, which sends a packet every 20 ms. */
  open(send: (packet: Uint8Array) => void): Promise<RehearsedCall>;
  /** Windows in which speech was heard so far. */
  readonly speechWindows: number;
  close(): Promise<void>;
}

/** What browsers do with speech: 48 kHz, mono, with copies of frames against loss. */
const browserEncoding = {
  rate: 48_000,
  channels: 1,
  application: 'voip',
  bitrate: 32_000,
  complexity: 9,
  expectedLossPercent: 10,
} as const;
const browserFrame = 960;
const payloadType = 111;

/** Sets the stage. */
export async function createRehearsal({ listens, onLate }: RehearsalOptions): Promise<Rehearsal> {
  const detectors = await createSileroDetectors();
  const clock = monotonicClock;
  const pacing = new PacingClock({ timers: systemTimers, clock, onBeat: onLate });
  const random32 = (): number => randomBytes(4).readUInt32BE();
  const paths = agentPaths({ opus: wasmOpus, pacing, clock, wallClock: systemClock, random32 });
  let speechWindows = 0;

  async function open(send: (packet: Uint8Array) => void): Promise<RehearsedCall> {
    const activity = createVoiceActivity({
      detector: detectors.open(),
      judged: (probability) => void (speechWindows += Number(probability > 0.5)),
      failed: crash,
    });
    const path = await paths({
      rate: 16_000,
      audio: { opusPayloadType: payloadType, telephoneEvent: undefined },
      ssrc: random32(),
      callId: 'rehearsal',
      send,
      events: {
        frame: (frame) => frame && listens && activity.hear(frame, clock.nowMs()),
        digit() {},
        segmentStarted() {},
        segmentEnded() {},
        broke: crash,
      },
    });
    path.start();
    return {
      take: (packet) => path.take(packet),
      mouth: path.mouth,
      close() {
        path.close();
        activity.close();
      },
    };
  }

  return {
    open,
    get speechWindows() {
      return speechWindows;
    },
    close: () => detectors.close(),
  };
}

/** A rehearsal that goes wrong measures nothing. */
function crash(error: unknown): never {
  throw error;
}

/** What espeak-ng says: mono, 24 kHz. */
export async function rehearsedSpeech(text: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  const { signal } = new AbortController();
  for await (const piece of createEspeakSpeech().speak(text, { language: 'en-US', signal })) pieces.push(piece);
  const pcm = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  return pcm;
}

/** The Opus packets that a browser makes of audio (mono, 24 kHz), 20 ms each. */
export async function browserPackets(pcm: Int16Array): Promise<Uint8Array[]> {
  const samples = resample(pcm, 24_000, browserEncoding.rate);
  const encoder = await wasmOpus.createEncoder(browserEncoding);
  const packets: Uint8Array[] = [];
  for (let from = 0; from + browserFrame <= samples.length; from += browserFrame) {
    packets.push(encoder.encode(samples.subarray(from, from + browserFrame)));
  }
  encoder.close();
  return packets;
}

// How soon the agent falls silent when the caller speaks over it: real calls with the demo agent over loopback, from the
// caller's first packet with speech to the last packet in which the agent can still be heard.
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createCallerAudio, rehearsedSpeech } from '@parley/gateway';
import type { CallerAudio } from '@parley/gateway';
import { writeParleyConfig } from '../parley-config.ts';
import { percentile } from '../percentiles.ts';
import { startParley } from '../server-process.ts';
import { placeCall } from './placed-call.ts';

/** What was measured. */
export interface BargeIn {
  interruptions: number;
  p50Ms: number;
  p95Ms: number;
}

/** How large a run is. */
export interface BargeInLoad {
  interruptions: number;
  /** Calls at the same time. */
  atOnce: number;
}

const CALLER_SAYS = 'Wait a moment please, I have got another question for you.';
/** Negotiated by nobody: these callers press no keys. */
const TELEPHONE_EVENT = 110;
/** The greeting is cut into at different places of it, and of the 20 ms of a beat. */
const EARLIEST_MS = 600;
const SPREAD_MS = 1500;
/** So long the agent must be silent for its last packet to be the last one. */
const SILENCE_MS = 400;

/** Interrupts so many greetings, a few calls at a time. */
export async function benchBargeIn({ interruptions, atOnce }: BargeInLoad): Promise<BargeIn> {
  const { file, directory } = await writeParleyConfig('{ provider: script, script: demo }');
  const server = await startParley(file);
  const speech = withoutLeadingSilence(await rehearsedSpeech(CALLER_SAYS));
  const tookMs: number[] = [];
  const callAgainAndAgain = async (): Promise<void> => {
    while (tookMs.length < interruptions) {
      const took = await interruptGreeting(server.port, speech);
      if (took !== undefined) tookMs.push(took);
    }
  };
  try {
    await interruptGreeting(server.port, speech);
    await Promise.all(Array.from({ length: atOnce }, callAgainAndAgain));
    return { interruptions: tookMs.length, p50Ms: percentile(tookMs, 0.5), p95Ms: percentile(tookMs, 0.95) };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
}

async function interruptGreeting(port: number, speech: Int16Array): Promise<number | undefined> {
  const call = await placeCall(port, 'traditional');
  const audio = await createCallerAudio({ caller: call.caller, telephoneEventType: TELEPHONE_EVENT });
  await audio.nextSound();
  await pause(EARLIEST_MS + Math.random() * SPREAD_MS);
  const { firstMs } = await audio.say(speech);
  await pause(SILENCE_MS);
  audio.close();
  await call.hangUp();
  return stopMs(audio, firstMs);
}

/** From the interruption to the last packet with sound before silence; undefined where it met a pause of the agent. */
function stopMs({ heard }: CallerAudio, interruptedMs: number): number | undefined {
  const sounds = heard.filter(({ isSound }) => isSound).map(({ atMs }) => atMs);
  const last = sounds.find(
    (atMs, place) => atMs > interruptedMs && (sounds[place + 1] ?? Infinity) - atMs > SILENCE_MS,
  );
  return last === undefined ? undefined : last - interruptedMs;
}

/** From the first sample above -40 dBFS on. */
function withoutLeadingSilence(pcm: Int16Array): Int16Array {
  return pcm.subarray(pcm.findIndex((sample) => Math.abs(sample) > 328));
}

// Agents that remember what they hear, and understand it when they are asked to.
import { systemClock, systemTimers } from '../../src/kit/index.ts';
import { createSpeechToText, phrasesFor } from '../../src/voice/index.ts';
import type { Dialogue, DialogueHost, DialogueSettings, SpeechToText, VoiceAgents } from '../../src/voice/index.ts';

const settings: DialogueSettings = {
  language: 'en-US',
  greeting: false,
  interruption: { enabled: true, minSpeechMs: 200, onGreeting: true },
  endpointing: { minSilenceMs: 300, maxSilenceMs: 1_000 },
  silence: { promptAfterMs: 0, maxPrompts: 0 },
  maxCallMs: 3_600_000,
  phrases: [],
};

/** The agent of one call. */
export interface Listener {
  readonly host: DialogueHost;
  /** Frames heard so far, 20 ms each at 16 kHz; null when nothing came. */
  readonly heard: readonly (Int16Array | null)[];
}

/** Agents that listen. */
export interface ListeningAgents extends VoiceAgents {
  /** One for each call, in their order. */
  readonly listeners: readonly Listener[];
}

/** Makes them. */
export function listeningAgents(): ListeningAgents {
  const listeners: Listener[] = [];
  return {
    listeners,
    choose: (_agent, mode) => ({
      mode,
      settings,
      phrases: phrasesFor('en'),
      async open(host) {
        const heard: (Int16Array | null)[] = [];
        listeners.push({ host, heard });
        return dialogueThat((frame) => heard.push(frame));
      },
    }),
    async close() {},
  };
}

function dialogueThat(hears: (frame: Int16Array | null) => void): Dialogue {
  return {
    rate: 16_000,
    start() {},
    hear: hears,
    press() {},
    sessionChanged() {},
    replyRelayed() {},
    segmentStarted() {},
    segmentEnded() {},
    async announce() {},
    suspend() {},
    resume() {},
    close() {},
  };
}

/** Frames of one utterance; null where nothing came. */
export type Frames = readonly (Int16Array | null)[];

/** What the local recogniser makes of utterances, each by itself; '' where none of the phrases is in it. */
export async function understood(utterances: readonly Frames[], phrases: readonly string[]): Promise<string[]> {
  const recogniser = createSpeechToText(
    { provider: 'local' },
    { clock: systemClock, timers: systemTimers, log: { debug() {}, info() {}, warn() {}, error() {} } },
  );
  if (!recogniser) throw new Error('install pocketsphinx and pocketsphinx-en-us');
  const words: string[] = [];
  const left = utterances.entries();
  const work = async (): Promise<void> => {
    for (const [index, frames] of left) words[index] = await wordsIn(frames, { recogniser, phrases });
  };
  // It is a program that keeps a core busy.
  await Promise.all([work(), work()]);
  await recogniser.close();
  return words;
}

async function wordsIn(
  frames: Frames,
  { recogniser, phrases }: { recogniser: SpeechToText; phrases: readonly string[] },
): Promise<string> {
  const stream = recogniser.open({
    language: 'en-US',
    phrases,
    partial() {},
    failed(error) {
      throw error;
    },
  });
  for (const frame of frames) stream.write(frame ?? new Int16Array(320));
  const words = await stream.finish();
  stream.close();
  return words;
}

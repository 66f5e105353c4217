// Agents that can be called and are in the test's hands: they say nothing by themselves.
import type { Dialogue, DialogueHost, DialogueSettings, VoiceAgents } from '../../src/voice/index.ts';
import { phrasesFor } from '../../src/voice/index.ts';

const settings: DialogueSettings = {
  language: 'en-US',
  greeting: false,
  interruption: { enabled: true, minSpeechMs: 200, onGreeting: true },
  endpointing: { minSilenceMs: 300, maxSilenceMs: 1_000 },
  silence: { promptAfterMs: 0, maxPrompts: 0 },
  maxCallMs: 3_600_000,
  phrases: [],
};

/** The agent's side of one call. */
export interface Puppet {
  readonly host: DialogueHost;
  /** The caller can be greeted. */
  readonly started: Promise<void>;
  readonly isClosed: boolean;
  /** What it was asked to announce. */
  readonly announced: readonly string[];
  /** 20 ms of the caller each that it was given, and how many of them had sound. */
  readonly frames: { all: number; withSound: number };
  /** What the caller pressed. */
  readonly digits: readonly string[];
  /** Says a tone of so many ms. */
  say(ms: number): void;
}

/** Stand-ins for the configured agents. */
export interface PuppetAgents extends VoiceAgents {
  /** One for each call that came to a dialogue. */
  readonly puppets: readonly Puppet[];
  /** The puppet of the call that came to a dialogue as the so manieth, from 0. */
  puppet(index: number): Promise<Puppet>;
  /** What agents were asked for. */
  readonly wanted: readonly { agentId: string; variantId?: string; build?: string }[];
}

/** How they behave. */
export interface PuppetOptions {
  settings?: Partial<DialogueSettings>;
  /** What comes before a dialogue is there; rejects when it can't be had. */
  beforeOpen?: () => Promise<void>;
}

/** Makes them. They answer in the mode that was asked for. */
export function puppetAgents({ settings: changed, beforeOpen }: PuppetOptions = {}): PuppetAgents {
  const puppets: Puppet[] = [];
  const wanted: { agentId: string; variantId?: string; build?: string }[] = [];
  const waiting = new Map<number, (puppet: Puppet) => void>();

  return {
    puppets,
    wanted,
    puppet: (index) =>
      new Promise((resolve) => {
        const puppet = puppets[index];
        if (puppet) resolve(puppet);
        else waiting.set(index, resolve);
      }),
    choose(agent, mode) {
      wanted.push(agent);
      return {
        mode,
        settings: { ...settings, ...changed },
        phrases: phrasesFor('en'),
        async open(host) {
          await beforeOpen?.();
          const { puppet, dialogue } = makePuppet(host);
          puppets.push(puppet);
          waiting.get(puppets.length - 1)?.(puppet);
          return dialogue;
        },
      };
    },
    async close() {},
  };
}

function makePuppet(host: DialogueHost): { puppet: Puppet; dialogue: Dialogue } {
  const started = Promise.withResolvers<void>();
  const announced: string[] = [];
  const digits: string[] = [];
  const frames = { all: 0, withSound: 0 };
  let isClosed = false;
  let segments = 0;
  const puppet: Puppet = {
    host,
    started: started.promise,
    get isClosed() {
      return isClosed;
    },
    announced,
    frames,
    digits,
    say(ms) {
      const segment = `said-${(segments += 1)}`;
      host.mouth.write(segment, tone(ms));
      host.mouth.finish(segment);
    },
  };
  const dialogue: Dialogue = {
    rate: 16_000,
    start: () => started.resolve(),
    hear(frame) {
      frames.all += 1;
      if (frame?.some((sample) => Math.abs(sample) > 1_000)) frames.withSound += 1;
    },
    press: (digit) => void digits.push(digit),
    sessionChanged() {},
    replyRelayed() {},
    segmentStarted() {},
    segmentEnded() {},
    async announce(text) {
      announced.push(text);
    },
    suspend() {},
    resume() {},
    close: () => void (isClosed = true),
  };
  return { puppet, dialogue };
}

/** Mono at 24 kHz. */
function tone(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, index) => 8_000 * Math.sin((2 * Math.PI * 440 * index) / 24_000));
}

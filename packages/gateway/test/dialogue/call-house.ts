// A call without a network: a session with everybody who takes part in it, the traditional dialogue, and a caller whose
// every word is in the test's hands. Time goes by in steps of 20 ms.
import { createAgent } from '../../src/agents/index.ts';
import type { ChatAgent } from '../../src/agents/index.ts';
import { countingIds, silentLog } from '../../src/kit/index.ts';
import type { Dialogue, DialogueHost, DialogueSettings } from '../../src/voice/index.ts';
import { createTraditionalDialogue, phrasesFor } from '../../src/voice/index.ts';
import { conversationHouse, settle } from '../conversation/conversation-house.ts';
import type { Conversation, ConversationHouse } from '../conversation/conversation-house.ts';
import { paperMouth } from './paper-mouth.ts';
import type { PaperMouth } from './paper-mouth.ts';
import { paperRecogniser, paperVoice, soundDetectors } from './speech-services.ts';
import type { PaperRecogniser, PaperVoice } from './speech-services.ts';

const settings: DialogueSettings = {
  language: 'en-US',
  greeting: true,
  interruption: { enabled: true, minSpeechMs: 200, onGreeting: true },
  endpointing: { minSilenceMs: 300, maxSilenceMs: 1_000 },
  silence: { promptAfterMs: 10_000, maxPrompts: 3 },
  maxCallMs: 3_600_000,
  phrases: ['opening hours', 'talk to a human'],
};

/** What is different in a call. */
export interface CallOptions {
  settings?: Partial<DialogueSettings>;
  /** Default: Ada, the agent of the demo. `hand`: an agent in the test's hands. */
  agent?: 'hand';
  hasRecogniser?: boolean;
  /** The only languages of the recogniser. */
  languages?: readonly string[];
  streaming?: boolean;
  hasDesk?: boolean;
  /** What the caller is told in place of waiting. */
  announcement?: string;
}

/** A call that is under way. */
export interface PaperCall {
  house: ConversationHouse;
  conversation: Conversation;
  dialogue: Dialogue;
  mouth: PaperMouth;
  voice: PaperVoice;
  recogniser: PaperRecogniser;
  /** What the dialogue asked the call for: `hang up: silence`, `failed: …`. */
  readonly asked: string[];
  readonly measured: { what: string; ms: number }[];
  /** Lets time go by, with the caller silent. */
  pass(ms: number): Promise<void>;
  /** Time goes by until nobody has anything to say. */
  untilSilent(): Promise<void>;
  /** The caller makes a sound for so long. */
  sound(ms: number): Promise<void>;
  /** The caller says this and pauses, so that it is understood. */
  say(text: string): Promise<void>;
  /** What stands in the journal of messages: `agent: Hello.` */
  readonly transcript: string[];
  /** What the voice was asked to say since this was read before. */
  spoken(): string[];
}

/** Makes a call and greets the caller, who hasn't heard anything yet. */
export async function paperCall(options: CallOptions = {}): Promise<PaperCall> {
  let demo: ChatAgent | undefined;
  const answering: ChatAgent = { respond: (turn, signal) => (demo ?? house.agent).respond(turn, signal) };
  const house = await conversationHouse({ agent: answering, ...(options.hasDesk === false && { desk: null }) });
  const { time } = house;
  if (options.agent !== 'hand') {
    demo = createAgent({ provider: 'script', script: 'demo' }, { timers: time, clock: time, log: silentLog });
  }
  const conversation = await house.begin({ streaming: options.streaming ?? true });
  const { session } = conversation;
  const callId = 'call-1';
  const asked: string[] = [];
  const measured: PaperCall['measured'] = [];
  const voice = paperVoice();
  const recogniser = paperRecogniser(options.languages);
  const mouth = paperMouth(() => dialogue);
  const host: DialogueHost = {
    callId,
    session,
    mouth,
    insteadOfWaiting: () => options.announcement ?? null,
    hangUp: (outcome) => void asked.push(`hang up: ${outcome}`),
    failed: (error) => void asked.push(`failed: ${error.message}`),
    measured: (what, ms) => void measured.push({ what, ms }),
  };
  const dialogue = createTraditionalDialogue(host, {
    settings: { ...settings, ...options.settings },
    phrases: phrasesFor('en'),
    detectors: soundDetectors,
    speechToText: options.hasRecogniser === false ? undefined : recogniser,
    textToSpeech: voice,
    clock: time,
    timers: time,
    log: silentLog,
    newId: countingIds('segment-'),
  });
  house.sessions.add({
    sessionChanged: () => dialogue.sessionChanged(),
    replyRelayed: (_session, news) => dialogue.replyRelayed(news),
  });

  async function pass(ms: number, frame: Int16Array | null): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      time.advance(20);
      mouth.play();
      dialogue.hear(frame);
      await settle();
    }
  }

  let read = 0;
  const call: PaperCall = {
    house,
    conversation,
    dialogue,
    mouth,
    voice,
    recogniser,
    asked,
    measured,
    pass: (ms) => pass(ms, null),
    async untilSilent() {
      await call.pass(200);
      while (mouth.isSpeaking || session.state.turn) await call.pass(100);
    },
    sound: (ms) => pass(ms, new Int16Array(320).fill(1_000)),
    async say(text) {
      recogniser.words.push(text);
      await call.sound(600);
      await call.pass(1_060);
    },
    get transcript() {
      return session.transcript.lines.map(({ speaker, text }) => `${speaker}: ${text}`);
    },
    spoken() {
      const news = voice.asked.slice(read).map(({ text }) => text);
      read = voice.asked.length;
      return news;
    },
  };
  const { greeting } = { ...settings, ...options.settings };
  session.execute({
    type: 'call-started',
    callId,
    answers: 'agent',
    greeting,
    variantId: null,
    build: null,
    backfill: [],
  });
  await settle();
  dialogue.start();
  await settle();
  return call;
}

/** A call whose caller has heard the greeting. */
export async function greetedCall(options: CallOptions = {}): Promise<PaperCall> {
  const call = await paperCall(options);
  if (options.agent === 'hand' && options.settings?.greeting !== false) {
    call.house.agent.turn.say('Hello.');
    call.house.agent.turn.finish();
  }
  await call.untilSilent();
  call.spoken();
  call.conversation.news();
  return call;
}

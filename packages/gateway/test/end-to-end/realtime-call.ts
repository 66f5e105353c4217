// A call in end-to-end mode without a network for its media: the dialogue, a real socket to a realtime server, a
// session with everybody who takes part in it, and a mouth in the test's hands. Time goes by in steps of 20 ms.
import { onTestFinished } from 'vitest';
import { countingIds, silentLog } from '../../src/kit/index.ts';
import { createEndToEndDialogue, createSpeechModel, phrasesFor } from '../../src/voice/index.ts';
import type { Dialogue, DialogueHost, DialogueSettings, TextToSpeech } from '../../src/voice/index.ts';
import { conversationHouse, settle } from '../conversation/conversation-house.ts';
import type { Conversation, ConversationHouse } from '../conversation/conversation-house.ts';
import { paperMouth } from '../dialogue/paper-mouth.ts';
import type { PaperMouth } from '../dialogue/paper-mouth.ts';
import { startRealtimeServer } from '../realtime-server/realtime-server.ts';
import type { RealtimeServer, Welcome } from '../realtime-server/realtime-server.ts';
import type { ServerScript } from '../realtime-server/server-script.ts';
import type { UpstreamSession } from '../realtime-server/upstream-session.ts';

type Parts = Parameters<typeof createEndToEndDialogue>[1];

const settings: DialogueSettings = {
  language: 'en-US',
  greeting: false,
  interruption: { enabled: true, minSpeechMs: 200, onGreeting: true },
  endpointing: { minSilenceMs: 300, maxSilenceMs: 1_000 },
  silence: { promptAfterMs: 10_000, maxPrompts: 3 },
  maxCallMs: 3_600_000,
  phrases: [],
};

/** What is different in a call. */
export interface RealtimeCallOptions extends Partial<ServerScript> {
  settings?: Partial<DialogueSettings>;
  tools?: Parts['tools'];
  handoff?: Partial<Parts['handoff']>;
  textToSpeech?: TextToSpeech;
  streaming?: boolean;
  /** What the caller is told in place of waiting. */
  announcement?: string;
  /** How the server meets connections. */
  welcome?: Welcome;
}

export interface RealtimeCall {
  house: ConversationHouse;
  conversation: Conversation;
  server: RealtimeServer;
  /** The newest session with the model. */
  readonly upstream: UpstreamSession;
  dialogue: Dialogue;
  mouth: PaperMouth;
  /** What the dialogue asked the call for: `hang up: silence`, `failed: …`. */
  readonly asked: readonly string[];
  readonly measured: readonly { what: string; ms: number }[];
  /** What stands in the journal of messages: `agent: Hello.` */
  readonly transcript: readonly string[];
  /** Lets everything happen that waits for nothing but its turn, on both sides of the socket. */
  inStep(): Promise<void>;
  /** Lets everything happen, time standing still, until this holds. */
  until(holds: () => boolean): Promise<void>;
  /** Lets time go by, with the caller silent. */
  pass(ms: number): Promise<void>;
  /** Lets time go by in strides, with nothing of the caller at all; sockets have time to show that they live. */
  wait(ms: number): Promise<void>;
  /** The caller speaks for so long. */
  speak(ms: number): Promise<void>;
  /** The caller says something, and pauses until the model takes the turn. */
  say(): Promise<void>;
  /** Time goes by until the agent has said everything. */
  untilSilent(): Promise<void>;
}

/** A call that isn't started yet; the connection to the model is being opened. */
export async function openedCall(options: RealtimeCallOptions = {}): Promise<RealtimeCall> {
  const { textToSpeech, tools = [], streaming = true } = options;
  const server = await startRealtimeServer(options);
  server.welcome = options.welcome ?? 'open';
  const house = await conversationHouse();
  const { time } = house;
  const conversation = await house.begin({ streaming });
  const { session } = conversation;
  const callId = 'call-1';
  const asked: string[] = [];
  const measured: { what: string; ms: number }[] = [];
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
  const start = { greeting: false, variantId: null, build: null, backfill: [] };
  session.execute({ type: 'call-started', callId, answers: 'call', ...start });
  await settle();
  const kit = { clock: time, timers: time, log: silentLog };
  const dialogue = createEndToEndDialogue(host, {
    ...kit,
    settings: { ...settings, ...options.settings },
    phrases: phrasesFor('en'),
    instructions: 'You are Ada.',
    model: createSpeechModel({ provider: 'openai-realtime', model: 'm', baseUrl: server.url, apiKey: 'key' }, kit),
    textToSpeech,
    tools,
    handoff: { kind: 'desk', queue: 'General Support', route: '', ...options.handoff },
    newId: countingIds('own-'),
  });
  house.sessions.add({ sessionChanged: () => dialogue.sessionChanged() });
  onTestFinished(async () => {
    dialogue.close();
    await server.close();
  });

  async function pass(ms: number, frame: Int16Array | null): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      time.advance(20);
      mouth.play();
      dialogue.hear(frame);
      await call.inStep();
    }
  }

  const call: RealtimeCall = {
    house,
    conversation,
    server,
    get upstream() {
      const newest = server.sessions.at(-1);
      if (!newest) throw new Error('the model has no session yet');
      return newest;
    },
    dialogue,
    mouth,
    asked,
    measured,
    get transcript() {
      return session.transcript.lines.map(({ speaker, text }) => `${speaker}: ${text}`);
    },
    async inStep() {
      await server.sessions.at(-1)?.inStep();
      await settle();
    },
    async until(holds) {
      while (!holds()) await call.inStep();
    },
    pass: (ms) => pass(ms, null),
    async wait(ms) {
      for (let passed = 0; passed < ms; passed += 5_000) {
        time.advance(Math.min(5_000, ms - passed));
        await call.inStep();
      }
    },
    speak: (ms) => pass(ms, new Int16Array(480).fill(5_000)),
    async say() {
      await call.speak(600);
      await call.pass(600);
    },
    async untilSilent() {
      await call.inStep();
      while (mouth.isSpeaking) await call.pass(100);
      await call.inStep();
    },
  };
  return call;
}

/** A call that is under way, its model ready. */
export async function realtimeCall(options: RealtimeCallOptions = {}): Promise<RealtimeCall> {
  const call = await openedCall(options);
  const upstream = await call.server.session(0);
  await upstream.next('session.update');
  await call.inStep();
  call.dialogue.start();
  await call.inStep();
  return call;
}

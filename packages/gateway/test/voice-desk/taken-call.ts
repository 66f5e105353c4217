// Callers and people at the desk who talk with them: a whole gateway, real audio both ways, agents in the test's hands.
import { onTestFinished } from 'vitest';
import { createMemoryStore } from '../../src/store/index.ts';
import { createCallerAudio } from '../../src/voice/index.ts';
import type { CallRecord, CallerAudio } from '../../src/voice/index.ts';
import type { Json } from '../any-json.ts';
import { program, staff } from '../desk-api/desk-wire.ts';
import type { DeskProgram } from '../desk-api/desk-wire.ts';
import type { TestSettings } from '../driver.ts';
import { callingHouse, placeCall, until } from '../voice/calling-house.ts';
import type { CallingHouse, PlacedCall } from '../voice/calling-house.ts';
import type { Puppet } from '../voice/puppet-agents.ts';

/** Somebody in a call, with a mouth and ears. */
export interface Talker extends PlacedCall, Pick<CallerAudio, 'say'> {
  /** The pitch of the next 200 ms of sound that is heard from now on, Hz. */
  hears(): Promise<number>;
  /** Resolves when nothing was heard for 200 ms. */
  silence(): Promise<void>;
  /** How many packets with sound were heard so far. */
  readonly sounds: number;
  /** How many packets were heard so far. */
  readonly packets: number;
  hangUp(): void;
}

/** A call whose caller asked for a human, and the people at the desk. */
export interface DeskCallHouse extends CallingHouse {
  caller: Talker;
  agent: Puppet;
  /** The conversation, as the desk names it. */
  sessionId: string;
  grace: DeskProgram;
  noor: DeskProgram;
  boss: DeskProgram;
  /** A token with which somebody takes the call. */
  tokenFor(person: DeskProgram): Promise<string>;
  /** Somebody takes the call. Rejects with the error of a refusal. */
  take(person: DeskProgram, token?: string): Promise<Talker>;
  /** What the desk says of the call. */
  callSeenBy(person: DeskProgram): Promise<Json>;
  /** Does something with the chat. */
  act(person: DeskProgram, type: string, members?: object): Promise<Json>;
  /** The record of a call, once it is complete. */
  recordOf(mode: string): Promise<CallRecord>;
}

/** What a caller says, Hz. */
export const LOW = 400;
/** What people at the desk say, Hz. */
export const HIGH = 700;
/** For `toBeCloseTo`: a pitch, measured over 200 ms with a packet missing perhaps, differs by less than 50 Hz. */
export const HERTZ = -2;

const PACKET_MS = 20;
const PITCH_PACKETS = 10;

/** Mono, 24 kHz. */
export function tone(hertz: number, ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, index) => 9_000 * Math.sin((2 * Math.PI * hertz * index) / 24_000));
}

/** Opens a house with a caller whose chat Grace has accepted, unless told otherwise. */
export async function deskCallHouse({
  accepted = true,
  ...settings
}: TestSettings & { accepted?: boolean } = {}): Promise<DeskCallHouse> {
  const store = createMemoryStore();
  for (const each of staff) await store.deskUsers.save(each);
  const house = await callingHouse({ ...settings, store });
  const caller = await talker(await placeCall(house, { mode: 'traditional', callSid: 'the-call' }));
  const agent = await house.agents.puppet(0);
  const { session } = agent.host;
  const request = { kind: 'desk', reason: 'AGENT_DECISION', queue: 'General Support', route: '', data: {} } as const;
  session.execute({ type: 'call-handoff', callId: agent.host.callId, request });
  const [grace, noor, boss] = await Promise.all([
    program(house.url, 'grace'),
    program(house.url, 'noor'),
    program(house.url, 'boss'),
  ]);
  const sessionId = session.info.id;
  const people = { grace, noor, boss };

  const desk: DeskCallHouse = {
    ...house,
    caller,
    agent,
    sessionId,
    ...people,
    async act(person, type, members = {}) {
      const { status, body } = await person.post(`/chats/${sessionId}/${type}`, members);
      if (status !== 200) throw new Error(`${status} ${body.error_code}`);
      return body;
    },
    async tokenFor(person) {
      return (await desk.act(person, 'call-token')).call_token.token as string;
    },
    take: async (person, token) =>
      talker(await placeCall(house, { mode: null, authToken: token ?? (await desk.tokenFor(person)) })),
    async callSeenBy(person) {
      const { body } = await person.get(`/chats/${sessionId}`);
      return (body.chat ?? body.waiting)?.call;
    },
    async recordOf(mode) {
      const find = (): CallRecord | undefined =>
        store.listCalls({ limit: 10 }).find((record) => record.mode === mode && record.endedMs !== null);
      await until(() => find() !== undefined);
      return find() as CallRecord;
    },
  };
  await until(async () => (await people.boss.get(`/chats/${sessionId}`)).status === 200);
  if (accepted) await desk.act(people.grace, 'accept');
  return desk;
}

/** Says a tone again and again until it was heard, and tells its pitch. */
export async function heardBy(listener: Talker, speaker: Talker, hertz: number): Promise<number> {
  await listener.silence();
  const [pitch] = await Promise.all([listener.hears(), speaker.say(tone(hertz, 600))]);
  return pitch;
}

async function talker(call: PlacedCall): Promise<Talker> {
  const audio = await createCallerAudio({ caller: call.caller, telephoneEventType: 110 });
  onTestFinished(() => audio.close());
  return {
    ...call,
    say: (pcm) => audio.say(pcm),
    async hears() {
      const from = audio.heard.length;
      const sounds = () => audio.heard.slice(from).filter(({ isSound }) => isSound);
      await until(() => sounds().length > PITCH_PACKETS);
      // The first may hold the end of something else.
      return pitchOf(
        sounds()
          .slice(1, PITCH_PACKETS + 1)
          .flatMap(({ pcm }) => [...pcm]),
      );
    },
    async silence() {
      const from = audio.heard.length;
      const last = () => audio.heard.slice(from).slice(-PITCH_PACKETS);
      await until(() => last().length === PITCH_PACKETS && last().every(({ isSound }) => !isSound));
    },
    get sounds() {
      return audio.heard.filter(({ isSound }) => isSound).length;
    },
    get packets() {
      return audio.heard.length;
    },
    hangUp: () => call.line.send({ type: 'close', sessionId: call.sessionId }),
  };
}

/** By its rising zero crossings. */
function pitchOf(samples: readonly number[]): number {
  const rises = samples.filter((sample, index) => index > 0 && sample >= 0 && (samples[index - 1] ?? 0) < 0).length;
  return (rises * 1000) / (PACKET_MS * PITCH_PACKETS);
}

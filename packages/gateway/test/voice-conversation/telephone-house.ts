// A whole gateway whose demo agent is called: local speech, real audio on loopback, messaging sockets beside the calls.
import { createMemoryDesk } from '../../src/handoff/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { CallRecord, HeardPacket } from '../../src/voice/index.ts';
import { startGateway } from '../driver.ts';
import type { TestGateway, TestSettings } from '../driver.ts';
import type { Wanted, WireClient, WireEvent } from '../wire-client.ts';
import { call } from './speaking-caller.ts';
import type { Calling, SpeakingCaller } from './speaking-caller.ts';

type AgentVoice = NonNullable<TestSettings['agentVoice']>;

/** A call and the session that is linked to it. */
export interface LinkedCall extends SpeakingCaller {
  callSid: string;
  chat: WireClient;
  messagingSessionId: string;
  /** The next message of the agent with this in it. */
  agentSays(text: string): Promise<WireEvent>;
  /** The next message of the caller with this in it. */
  isUnderstood(text: string): Promise<WireEvent>;
}

/** A gateway and whoever is connected to it. */
export interface TelephoneHouse extends TestGateway {
  desk: ReturnType<typeof createMemoryDesk>;
  /** A call without a link. */
  call(calling?: Calling): Promise<SpeakingCaller>;
  /** A session, its socket, the link, and then the call: as the SDKs do. */
  linkedCall(calling?: Calling & { session?: object }): Promise<LinkedCall>;
  /** A session whose socket has sent the link. */
  linkedChat(callSid: string, session?: object): Promise<{ chat: WireClient; messagingSessionId: string }>;
  /** The record of a call, once it is complete. */
  ended(callSid: string): Promise<CallRecord>;
  close(): Promise<void>;
}

const PACKET_MS = 20;
let sids = 0;

/** A name that no other call has. */
export function newCallSid(): string {
  return `Call-${process.pid}-${(sids += 1)}`;
}

/** Starts a gateway. */
export async function openHouse(settings: TestSettings = {}): Promise<TelephoneHouse> {
  const desk = createMemoryDesk();
  const store = createMemoryStore();
  const parley = await startGateway({ desk, store, ...settings });
  const callers: SpeakingCaller[] = [];

  async function callHere(calling: Calling = {}): Promise<SpeakingCaller> {
    const caller = await call(parley.url, calling);
    callers.push(caller);
    return caller;
  }

  async function linkedChat(callSid: string, session: object = {}) {
    const { client: chat, sessionId } = await parley.chat(session);
    await chat.next('SESSION_START');
    chat.send('LINK_TO_WEBRTC_CONVERSATION', { call_sid: callSid });
    return { chat, messagingSessionId: sessionId };
  }

  return {
    ...parley,
    desk,
    call: callHere,
    linkedChat,
    async linkedCall({ session, ...calling } = {}) {
      const callSid = newCallSid();
      const linked = await linkedChat(callSid, session);
      const caller = await callHere({ ...calling, offer: { callSid, ...calling.offer } });
      return {
        ...caller,
        ...linked,
        callSid,
        agentSays: (text) => linked.chat.next(messageWith('POLY_AGENT_MESSAGE', text)),
        isUnderstood: (text) => linked.chat.next(messageWith('USER_MESSAGE', text)),
      };
    },
    async ended(callSid) {
      await until(() => typeof store.showCall(callSid)?.endedMs === 'number');
      return store.showCall(callSid) as CallRecord;
    },
    async close() {
      for (const caller of callers) caller.close();
      await parley.gateway.close();
    },
  };
}

/** A call to an agent that behaves like this, in a house of its own. */
export async function callTo<Result>(
  agentVoice: AgentVoice,
  scene: (caller: LinkedCall, house: TelephoneHouse) => Promise<Result>,
  settings: TestSettings = {},
): Promise<Result> {
  const house = await openHouse({ agentVoice, ...settings });
  try {
    return await scene(await house.linkedCall(), house);
  } finally {
    await house.close();
  }
}

/** Tells a message with this text in it. */
export function messageWith(type: string, text: string): Wanted {
  return (event) => event.type === `EVENT_TYPE_${type}` && String(event.payload.text).includes(text);
}

/** How long the sound in these packets is, pauses left out. */
export function soundMs(packets: readonly HeardPacket[]): number {
  return packets.filter(({ isSound }) => isSound).length * PACKET_MS;
}

/** Resolves when the condition holds. The test's own timeout is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

// Sessions with everybody who takes part in them, and nothing else: a responder with an agent in the test's hands, a
// coordinator with a desk in memory, time that stands still.
import type { Envelope } from '@parley/protocol';
import { createResponder } from '../../src/agents/index.ts';
import type { ChatAgent, Responder } from '../../src/agents/index.ts';
import { createHandoffCoordinator, createMemoryDesk } from '../../src/handoff/index.ts';
import type { HandoffDesk, MemoryDesk } from '../../src/handoff/index.ts';
import { FakeTime, countingIds, silentLog, silentMeter } from '../../src/kit/index.ts';
import { Sessions } from '../../src/messaging/index.ts';
import type { LiveSession } from '../../src/messaging/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/index.ts';
import { anySession, patientSettings } from '../any-session.ts';
import { sessionClient } from '../session-client.ts';
import type { SessionClient } from '../session-client.ts';
import { handAgent } from './hand-agent.ts';
import type { HandAgent } from './hand-agent.ts';

/** A client that sees all of a session. */
export interface Conversation extends SessionClient {
  /** `2 user-message` when it is kept, `~ heartbeat` when not; system messages by their text. */
  readonly lines: string[];
}

/** What is different in a house. */
export interface HouseOptions {
  agent?: ChatAgent;
  hasAgent?: boolean;
  desk?: HandoffDesk | null;
  chunkIntervalMs?: number;
}

/** One process. */
export interface ConversationHouse {
  time: FakeTime;
  store: Store;
  sessions: Sessions;
  responder: Responder;
  agent: HandAgent;
  desk: MemoryDesk;
  begin(options?: { streaming?: boolean }): Promise<Conversation>;
  /** A conversation whose agent has greeted. */
  greeted(options?: { streaming?: boolean }): Promise<Conversation>;
  /** Comes back to a session, and sees what happens from then on. */
  comeBack(former: Conversation): Promise<Conversation>;
  /** Lets time go by, second by second, each with all that follows from it. */
  pass(seconds: number): Promise<void>;
  /** This process dies; the next one has its store and starts. */
  crash(options?: HouseOptions): Promise<ConversationHouse>;
}

/** Lets everything happen that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Opens a house. */
export function conversationHouse(options: HouseOptions = {}): Promise<ConversationHouse> {
  return houseOn({ store: createMemoryStore(), time: new FakeTime(), idPrefix: 'id' }, options);
}

async function houseOn(
  ground: { store: Store; time: FakeTime; idPrefix: string },
  options: HouseOptions,
): Promise<ConversationHouse> {
  const { store, time, idPrefix } = ground;
  const agent = handAgent();
  const desk = createMemoryDesk();
  const kit = { clock: time, timers: time, newId: countingIds(idPrefix), log: silentLog, meter: silentMeter };
  const sessions = new Sessions({ ...kit, store, settings: patientSettings, agentOf: () => ({ name: 'Ada' }) });
  const responding = { agent: options.agent ?? agent, language: 'en-US' };
  const responder = createResponder({
    ...kit,
    agentFor: () => (options.hasAgent === false ? undefined : responding),
    chunkIntervalMs: options.chunkIntervalMs ?? 30,
  });
  sessions.add(responder);
  const deskFor = (): HandoffDesk | undefined => (options.desk === undefined ? desk : (options.desk ?? undefined));
  sessions.add(createHandoffCoordinator({ ...kit, deskFor, queueCalled: () => queue }));
  await sessions.start();
  await settle();

  const house: ConversationHouse = {
    time,
    store,
    sessions,
    responder,
    agent,
    desk,
    begin: async ({ streaming = false } = {}) => conversationOf(await sessions.create({ ...anySession, streaming })),
    async greeted(how) {
      const conversation = await house.begin(how);
      await conversation.join();
      agent.turn.say('Hello.');
      agent.turn.finish();
      await settle();
      conversation.news();
      return conversation;
    },
    async comeBack({ session }) {
      const again = await sessions.open(session.info.id);
      if (!again) throw new Error('the session is gone');
      return conversationOf(again);
    },
    async pass(seconds) {
      await settle();
      for (let passed = 0; passed < seconds; passed++) {
        time.advance(1000);
        await settle();
      }
    },
    async crash(next = {}) {
      responder.stop();
      await settle();
      return houseOn({ store, time: new FakeTime(time.nowMs()), idPrefix: `${idPrefix}-later` }, next);
    },
  };
  return house;
}

/** How long these users wait in a queue. */
export const QUEUE_TIMEOUT_MS = 120_000;

function conversationOf(session: LiveSession): Conversation {
  const client = sessionClient(session, { lineOf, settle });
  return {
    ...client,
    get lines() {
      return client.events.map(lineOf);
    },
  };
}

function lineOf({ sequence, event }: Envelope): string {
  const name = event.type === 'system-message' ? event.message : event.type;
  return `${sequence ?? '~'} ${name}`;
}

const queue = {
  timeoutMs: QUEUE_TIMEOUT_MS,
  afterTimeout: 'agent',
  afterFailure: 'agent',
  afterCancel: 'agent',
  cancelWords: [],
  announce: null,
} as const;

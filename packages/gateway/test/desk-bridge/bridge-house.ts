// A process with sessions, an agent that hands off at a word, and desks of others behind a `fetch` that is the test's.
// Time stands still.
import { encodeBridgeEvent } from '@parley/protocol';
import type { BridgeEvent, Envelope } from '@parley/protocol';
import { createResponder } from '../../src/agents/index.ts';
import type { AgentTurn, ChatAgent, Piece } from '../../src/agents/index.ts';
import { createHandoffCoordinator, createOtherDesks, createQueues } from '../../src/handoff/index.ts';
import type { OtherDeskOptions, OtherDesks, Queue } from '../../src/handoff/index.ts';
import { FakeTime, countingIds, sign, silentMeter } from '../../src/kit/index.ts';
import type { Log } from '../../src/kit/index.ts';
import { Sessions } from '../../src/messaging/index.ts';
import type { LiveSession } from '../../src/messaging/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/index.ts';
import { anySession, patientSettings } from '../any-session.ts';
import { queue as anyQueue } from '../desk/desk-house.ts';
import { sessionClient } from '../session-client.ts';
import type { SessionClient } from '../session-client.ts';

export const SECRET = 'the secret of the desk';

export const webhookDesk: OtherDeskOptions = {
  kind: 'webhook',
  url: 'https://desk.test/parley',
  secret: SECRET,
  timeoutMs: 10_000,
  maxTries: 5,
};

/** Hands off at the word `human`, says that it is back, repeats everything else. */
const agent: ChatAgent = {
  async *respond({ input }: AgentTurn): AsyncGenerator<Piece> {
    if (input.kind === 'start') yield { kind: 'text', text: 'Hello.' };
    if (input.kind === 'returned') yield { kind: 'text', text: 'I am back.' };
    if (input.kind !== 'message') return;
    if (input.text !== 'human') {
      yield { kind: 'text', text: `You wrote: ${input.text}` };
      return;
    }
    const request = {
      kind: 'desk',
      reason: 'AGENT_DECISION',
      queue: 'General',
      route: '',
      data: { order: 7 },
    } as const;
    yield { kind: 'handoff', request };
  },
};

/** What is different in a house. */
export interface BridgeHouseOptions {
  fetch: typeof fetch;
  /** Default: `webhookDesk`. */
  desk?: OtherDeskOptions;
  queue?: Partial<Queue>;
}

/** A visitor with one client. News are types of events, those of messages with the text in quotes. */
export interface Visitor extends Omit<SessionClient, 'types'> {
  /** Resolves when what follows from it has happened. */
  types(state: 'TYPING_STATE_STARTED' | 'TYPING_STATE_STOPPED'): Promise<void>;
}

/** One process. */
export interface BridgeHouse {
  time: FakeTime;
  store: Store;
  sessions: Sessions;
  desks: OtherDesks;
  /** Everything that was logged, as text. */
  readonly logged: string;
  visitor(): Promise<Visitor>;
  /** A visitor who has asked for a person. What they were shown is news. */
  handedOff(): Promise<Visitor>;
  /** The same visitor with a client of this process. */
  again(former: Visitor): Promise<Visitor>;
  /** The last case of a visitor. */
  caseOf(visitor: Visitor): Promise<string>;
  /** Posts an event as the desk does, signed. Answers its error's name, or whether it was applied. */
  tell(event: BridgeEvent, secret?: string): Promise<string | boolean>;
  /** Lets time go by, second by second, each with all that follows from it. */
  pass(seconds: number): Promise<void>;
  /** This process dies; the next one has its store and starts. `desksLater`: but for its desks. */
  crash(how?: { desksLater?: boolean }): Promise<BridgeHouse>;
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 8; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** Opens a house. */
export function bridgeHouse(options: BridgeHouseOptions): Promise<BridgeHouse> {
  return houseOn({ store: createMemoryStore(), time: new FakeTime(), prefix: 'id' }, options);
}

async function houseOn(
  ground: { store: Store; time: FakeTime; prefix: string; desksLater?: boolean },
  options: BridgeHouseOptions,
): Promise<BridgeHouse> {
  const { store, time, prefix } = ground;
  const lines: string[] = [];
  const write = (fields: object, sentence: string): void => {
    const error = 'err' in fields && fields.err instanceof Error ? fields.err.stack : '';
    lines.push(`${sentence} ${JSON.stringify(fields)} ${error}`);
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const kit = { clock: time, timers: time, newId: countingIds(prefix), log, meter: silentMeter };
  const sessions = new Sessions({ ...kit, store, settings: patientSettings, agentOf: () => ({ name: 'Ada' }) });
  sessions.add(createResponder({ ...kit, agentFor: () => ({ agent, language: 'en-US' }), chunkIntervalMs: 0 }));
  const queue = anyQueue('general', { name: 'General', timeoutMs: 3_600_000, ...options.queue });
  const queues = createQueues([queue], () => queue);
  let dead = false;
  const desks = createOtherDesks(new Map([['ada', options.desk ?? webhookDesk]]), {
    ...kit,
    queues,
    cases: store.bridge,
    deliveries: store.deliveries,
    load: async (sessionId) => void (await sessions.open(sessionId)),
    fetch: (...request) => (dead ? new Promise<never>(() => {}) : options.fetch(...request)),
  });
  sessions.add(
    createHandoffCoordinator({ ...kit, deskFor: () => desks.desk('ada'), queueCalled: (name) => queues.called(name) }),
  );
  if (!ground.desksLater) await desks.start();
  await sessions.start();
  await settle();

  const house: BridgeHouse = {
    time,
    store,
    sessions,
    desks,
    get logged() {
      return lines.join('\n');
    },
    async visitor() {
      const visitor = visitorOf(await sessions.create(anySession));
      await visitor.join();
      visitor.news();
      return visitor;
    },
    async handedOff() {
      const visitor = await house.visitor();
      await visitor.say('human');
      return visitor;
    },
    async again({ session }) {
      const loaded = await sessions.open(session.info.id);
      if (!loaded) throw new Error('the session is gone');
      return visitorOf(loaded);
    },
    async caseOf({ session }) {
      const open = await store.bridge.openCases();
      const found = open.findLast(({ sessionId }) => sessionId === session.info.id);
      if (!found) throw new Error('there is no case');
      return found.id;
    },
    async tell(event, secret = SECRET) {
      const body = encodeBridgeEvent(event);
      const signature = sign(body, secret, time.nowMs());
      const taken = await desks.takeEvent({ caseId: event.caseId, body, signature, idempotencyKey: event.id });
      await settle();
      if (typeof taken === 'string') return taken;
      return taken.answer.ok ? taken.answer.applied : taken.answer.error;
    },
    async pass(seconds) {
      await settle();
      for (let passed = 0; passed < seconds; passed++) {
        time.advance(1000);
        await settle();
      }
    },
    async crash({ desksLater = false } = {}) {
      dead = true;
      desks.stop();
      await settle();
      return houseOn({ store, time: new FakeTime(time.nowMs()), prefix: `${prefix}'`, desksLater }, options);
    },
  };
  return house;
}

function visitorOf(session: LiveSession): Visitor {
  const client = sessionClient(session, { lineOf, settle });
  return {
    ...client,
    types(state) {
      client.types(state);
      return settle();
    },
  };
}

function lineOf({ event }: Envelope): string {
  switch (event.type) {
    case 'user-message':
    case 'poly-agent-message':
    case 'live-agent-message':
      return `${event.type} "${event.text}"`;
    case 'system-message':
      return event.message;
    case 'live-agent-typing':
      return `${event.type} ${event.state.slice('TYPING_STATE_'.length)}`;
    default:
      return event.type;
  }
}

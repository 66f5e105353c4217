// A process with sessions, an agent that hands off at a word, and the desk; people and visitors are the test's. Time
// stands still.
import type { Envelope } from '@parley/protocol';
import { createResponder } from '../../src/agents/index.ts';
import type { AgentTurn, ChatAgent, Piece } from '../../src/agents/index.ts';
import { createDeskService, createHandoffCoordinator, createQueues } from '../../src/handoff/index.ts';
import type {
  DeskAction,
  DeskAnswer,
  DeskConnection,
  DeskEvent,
  DeskNews,
  DeskPerson,
  DeskService,
  Queue,
} from '../../src/handoff/index.ts';
import { FakeTime, countingIds, silentLog, silentMeter } from '../../src/kit/index.ts';
import type { Meter } from '../../src/kit/index.ts';
import { Sessions } from '../../src/messaging/index.ts';
import type { LiveSession } from '../../src/messaging/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/index.ts';
import { anySession, patientSettings } from '../any-session.ts';
import { sessionClient } from '../session-client.ts';
import type { SessionClient } from '../session-client.ts';

/** Lets everything happen that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What the agent says when it has the conversation back. */
export const BACK = 'I am back.';

/** Hands off to the queue that follows the word `human`, says that it is back, repeats everything else. */
const agent: ChatAgent = {
  async *respond({ input, history }: AgentTurn): AsyncGenerator<Piece> {
    if (input.kind === 'start') yield { kind: 'text', text: 'Hello.' };
    if (input.kind === 'returned')
      yield { kind: 'text', text: `${BACK} (${history.map(({ text }) => text).join('|')})` };
    if (input.kind !== 'message') return;
    const [word, queue = 'General'] = input.text.split(' ');
    if (word === 'human') {
      yield {
        kind: 'handoff',
        request: { kind: 'desk', reason: 'AGENT_DECISION', queue, route: '', data: { order: 7 } },
      };
    } else yield { kind: 'text', text: `You wrote: ${input.text}` };
  },
};

/** A queue that is always open. */
export function queue(id: string, changes: Partial<Queue> = {}): Queue {
  return {
    id,
    name: id,
    timeoutMs: 300_000,
    afterHuman: 'end',
    afterTimeout: 'agent',
    afterFailure: 'agent',
    afterCancel: 'agent',
    afterVanish: 'queue',
    hours: null,
    timezone: 'UTC',
    capacity: 3,
    priority: 0,
    cancelWords: [],
    requeuedMessage: 'You are next.',
    announce: null,
    ...changes,
  };
}

export const general: Queue = queue('general', { name: 'General' });
export const billing: Queue = queue('billing', { name: 'Billing' });

/** Somebody at the desk. */
export function person(id: string, changes: Partial<DeskPerson> = {}): DeskPerson {
  return { id, name: id.toUpperCase(), role: 'agent', queueIds: null, capacity: null, ...changes };
}

export const grace: DeskPerson = person('grace');
export const noor: DeskPerson = person('noor');
export const boss: DeskPerson = person('boss', { role: 'supervisor' });

/** A visitor with one client. */
export interface VisitorClient extends SessionClient {
  readonly id: string;
  /** `user-message` when it is kept, `~ live-agent-typing` when not; system messages by their text. */
  readonly lines: string[];
}

/** Somebody's browser at the desk. */
export interface DeskClient {
  readonly person: DeskPerson;
  readonly heard: DeskEvent[];
  /** What was heard since this was read before. */
  news(): DeskEvent[];
  readonly cursor: string;
  do(action: DeskAction): Promise<DeskAnswer>;
  drop(): void;
  /** Connects again after a drop, with the cursor. */
  return(): void;
}

/** One process. */
export interface DeskHouse {
  time: FakeTime;
  store: Store;
  sessions: Sessions;
  desk: DeskService;
  visitor(): Promise<VisitorClient>;
  /** A visitor who waits in a queue. What they were shown is news. */
  waiting(queueName?: string): Promise<VisitorClient>;
  /** The same visitor with a client of this process. */
  again(former: VisitorClient): Promise<VisitorClient>;
  connect(who: DeskPerson, cursor?: string): DeskClient;
  /** Lets time go by, second by second, each with all that follows from it. */
  pass(seconds: number): Promise<void>;
  /** This process ends; the next one has its store and starts. */
  restart(): Promise<DeskHouse>;
}

/** What is different in a house. */
export interface HouseOptions {
  queues?: Queue[];
  store?: Store;
  meter?: Meter;
}

/** Opens a house. */
export function deskHouse(options: HouseOptions = {}): Promise<DeskHouse> {
  return houseOn({ store: options.store ?? createMemoryStore(), time: new FakeTime(), idPrefix: 'id' }, options);
}

async function houseOn(
  { store, time, idPrefix }: { store: Store; time: FakeTime; idPrefix: string },
  options: HouseOptions,
): Promise<DeskHouse> {
  const meter = options.meter ?? silentMeter;
  const kit = { clock: time, timers: time, newId: countingIds(idPrefix), log: silentLog, meter };
  const sessions = new Sessions({ ...kit, store, settings: patientSettings, agentOf: () => ({ name: 'Ada' }) });
  const responder = createResponder({ ...kit, agentFor: () => ({ agent, language: 'en-US' }), chunkIntervalMs: 0 });
  const queues = createQueues(options.queues ?? [general, billing], (name) => queue(name));
  const desk = createDeskService({
    callToken: async ({ sessionId, personId }) => ({ token: `call ${sessionId} as ${personId}`, expiresMs: 0 }),
    ...kit,
    queues,
    cannedReplies: [{ title: 'Hello', text: 'Hello, how can I help?', queueIds: null }],
    store: store.desk,
    reload: (sessionId) => void sessions.open(sessionId),
  });
  sessions.add(responder);
  sessions.add(createHandoffCoordinator({ ...kit, deskFor: () => desk, queueCalled: (name) => queues.called(name) }));
  await desk.start();
  await sessions.start();
  await settle();

  const house: DeskHouse = {
    time,
    store,
    sessions,
    desk,
    async visitor() {
      const visitor = visitorOf(await sessions.create(anySession));
      await visitor.join();
      visitor.news();
      return visitor;
    },
    async waiting(queueName = 'General') {
      const visitor = await house.visitor();
      await visitor.say(`human ${queueName}`);
      return visitor;
    },
    async again({ id }) {
      const session = await sessions.open(id);
      if (!session) throw new Error('the session is gone');
      return visitorOf(session);
    },
    connect: (who, cursor) => deskClient(desk, who, cursor),
    async pass(seconds) {
      await settle();
      for (let passed = 0; passed < seconds; passed++) {
        time.advance(1000);
        await settle();
      }
    },
    async restart() {
      responder.stop();
      desk.stop();
      sessions.stop();
      await settle();
      return houseOn({ store, time: new FakeTime(time.nowMs()), idPrefix: `${idPrefix}-later` }, options);
    },
  };
  return house;
}

function visitorOf(session: LiveSession): VisitorClient {
  const client = sessionClient(session, { lineOf, settle });
  return {
    ...client,
    id: session.info.id,
    get lines() {
      return client.events.map(lineOf);
    },
  };
}

function lineOf({ sequence, event }: Envelope): string {
  const name = event.type === 'system-message' ? event.message : event.type;
  return `${sequence === null ? '~ ' : ''}${name}`;
}

function deskClient(desk: DeskService, who: DeskPerson, first?: string): DeskClient {
  const heard: DeskEvent[] = [];
  let cursor = first;
  let read = 0;
  let connection: DeskConnection;
  const listen = (news: DeskNews): void => {
    cursor = news.cursor;
    heard.push(news.event);
  };
  const open = (): void => void (connection = desk.connect({ person: who, cursor, listen }));
  open();
  return {
    person: who,
    heard,
    news() {
      const news = heard.slice(read);
      read = heard.length;
      return news;
    },
    get cursor() {
      return cursor ?? '';
    },
    do: (action) => connection.do(action),
    drop: () => connection.close(),
    return: open,
  };
}

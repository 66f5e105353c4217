// Visitors, an agent, people at the desk, connections, restarts and time in any order: one owner, nothing lost, nothing
// said twice, one order for everybody, nobody who types for ever.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskEvent, LineView, WaitingView } from '../../src/handoff/index.ts';
import { readStored } from '../../src/messaging/index.ts';
import type { JournalEntry } from '../../src/messaging/index.ts';
import { billing, boss, deskHouse, general, grace, noor, queue, settle } from './desk-house.ts';
import type { DeskClient, DeskHouse, VisitorClient } from './desk-house.ts';
import { VisitorWindow } from './visitor-window.ts';

/** A visitor over all their connections, and what they sent. */
interface Visitor {
  client: VisitorClient;
  connected: boolean;
  window: VisitorWindow;
  said: string[];
}

/** A person's browser: what it knows after the events it was told, and what it sent. */
interface Browser {
  client: DeskClient;
  connected: boolean;
  read: number;
  /** By session id: texts by sequence, of the chats that are open. */
  chats: Map<string, Map<number, string>>;
  waiting: Map<string, WaitingView>;
  /** Session and person (`''`: the visitor) who type, as far as the browser knows. */
  typing: Set<string>;
  /** Acknowledged messages, by client id. */
  sent: Map<string, string>;
  wrong: string[];
}

interface World {
  house: DeskHouse;
  visitors: Visitor[];
  browsers: Browser[];
  count: number;
}

interface Step {
  act: string;
  visitor: number;
  person: number;
  other: number;
}

const people = [grace, noor, boss];

async function world(): Promise<World> {
  const queues = [general, billing, queue('short', { name: 'Short', timeoutMs: 45_000, afterTimeout: 'end' })];
  const house = await deskHouse({ queues });
  const visitors: Visitor[] = [];
  for (let count = 0; count < 3; count++) {
    const client = await house.visitor();
    const window = new VisitorWindow();
    window.connect(client.session, house);
    visitors.push({ client, connected: true, window, said: [] });
  }
  return { house, visitors, browsers: people.map((person) => browserOn(house.connect(person))), count: 0 };
}

function browserOn(client: DeskClient): Browser {
  return {
    client,
    connected: true,
    read: 0,
    chats: new Map(),
    waiting: new Map(),
    typing: new Set(),
    sent: new Map(),
    wrong: [],
  };
}

/** A browser takes in what it was told since. */
function catchUp(browser: Browser): void {
  for (const event of browser.client.heard.slice(browser.read)) takeIn(browser, event);
  browser.read = browser.client.heard.length;
}

function takeIn(browser: Browser, event: DeskEvent): void {
  const { chats, waiting, typing, wrong } = browser;
  switch (event.type) {
    case 'desk':
      chats.clear();
      waiting.clear();
      typing.clear();
      for (const chat of event.desk.chats) if (chat.mine === 'in') chats.set(chat.sessionId, new Map());
      for (const each of event.desk.waiting) waiting.set(each.sessionId, each);
      break;
    case 'waiting':
      waiting.set(event.waiting.sessionId, event.waiting);
      break;
    case 'waiting-over':
      waiting.delete(event.sessionId);
      break;
    case 'chat':
      if (event.chat.mine === 'in' && !chats.has(event.chat.sessionId)) chats.set(event.chat.sessionId, new Map());
      if (event.chat.mine === 'no') chats.delete(event.chat.sessionId);
      break;
    case 'chat-over':
      chats.delete(event.sessionId);
      for (const each of typing) if (each.startsWith(`${event.sessionId} `)) typing.delete(each);
      break;
    case 'line':
      hear(browser, event.sessionId, event.line);
      break;
    case 'typing': {
      const who = `${event.typing.sessionId} ${event.typing.person?.id ?? ''}`;
      if (event.typing.state === 'TYPING_STATE_STARTED') typing.add(who);
      else typing.delete(who);
      break;
    }
    case 'queue':
    case 'person':
      break;
    case 'note':
      wrong.push('nobody made a note');
      break;
  }
}

function hear({ chats, wrong }: Browser, sessionId: string, { sequence, text }: LineView): void {
  const lines = chats.get(sessionId);
  if (!lines) return;
  const last = Math.max(0, ...lines.keys());
  if (sequence <= last) wrong.push(`${sessionId}: ${sequence} came after ${last}`);
  lines.set(sequence, text);
}

function chatOf(browser: Browser, step: Step): string | undefined {
  catchUp(browser);
  const ids = [...browser.chats.keys()];
  return ids[step.other % Math.max(1, ids.length)];
}

/** Somebody does something, if their browser is there. */
const byPerson =
  (act: (browser: Browser, step: Step, world: World) => Promise<unknown>) =>
  async (current: World, step: Step): Promise<void> => {
    const browser = current.browsers[step.person % people.length];
    if (browser?.connected) await act(browser, step, current);
  };

const inChat = (act: (browser: Browser, sessionId: string, current: World, step: Step) => Promise<unknown>) =>
  byPerson(async (browser, step, current) => {
    const sessionId = chatOf(browser, step);
    if (sessionId !== undefined) await act(browser, sessionId, current, step);
  });

const byVisitor =
  (act: (visitor: Visitor, current: World, step: Step) => Promise<unknown> | void) =>
  async (current: World, step: Step): Promise<void> => {
    const visitor = current.visitors[step.visitor % current.visitors.length];
    if (visitor) await act(visitor, current, step);
  };

const acts: Record<string, (current: World, step: Step) => Promise<unknown>> = {
  'asks for a human': byVisitor(async (visitor, _, step) => {
    if (visitor.connected) await visitor.client.say(`human ${['General', 'Billing', 'Short'][step.other % 3]}`);
  }),
  writes: byVisitor(async (visitor, current) => {
    const text = `visitor ${++current.count}`;
    if (!visitor.connected || visitor.client.session.state.ended) return;
    visitor.said.push(text);
    await visitor.client.say(text, { local_id: text });
  }),
  repeats: byVisitor(async (visitor) => {
    const text = visitor.said.at(-1);
    if (visitor.connected && text !== undefined) await visitor.client.say(text, { local_id: text });
  }),
  'visitor types': byVisitor((visitor, _, step) => {
    if (visitor.connected) visitor.client.types(step.other % 2 ? 'TYPING_STATE_STARTED' : 'TYPING_STATE_STOPPED');
  }),
  'goes away': byVisitor((visitor) => {
    if (visitor.connected) visitor.client.goAway();
    visitor.window.goAway();
    visitor.connected = false;
  }),
  'comes back': byVisitor(async (visitor, { house }) => {
    if (visitor.connected) return;
    visitor.client = await house.again(visitor.client);
    visitor.window.connect(visitor.client.session, house);
    visitor.connected = true;
  }),
  'ends the session': byVisitor((visitor) => (visitor.connected ? visitor.client.end() : undefined)),
  accepts: byPerson(async (browser, step) => {
    catchUp(browser);
    const ids = [...browser.waiting.keys()];
    const sessionId = ids[step.other % Math.max(1, ids.length)];
    if (sessionId !== undefined) await browser.client.do({ type: 'accept', sessionId });
  }),
  'accepts the next': byPerson((browser) => browser.client.do({ type: 'accept-next' })),
  'both accept': async (current) => {
    const here = current.browsers.filter(({ connected }) => connected);
    await Promise.all(here.map(({ client }) => client.do({ type: 'accept-next', queueId: 'general' })));
  },
  sends: inChat(async (browser, sessionId, current) => {
    const text = `person ${++current.count}`;
    const answer = await browser.client.do({ type: 'send', sessionId, clientId: text, text });
    if ('line' in answer) browser.sent.set(text, sessionId);
  }),
  'sends twice': inChat(async (browser, sessionId, current) => {
    const text = `person ${++current.count}`;
    const message = { type: 'send', sessionId, clientId: text, text } as const;
    const answers = await Promise.all([browser.client.do(message), browser.client.do(message)]);
    if (answers.some((answer) => 'line' in answer)) browser.sent.set(text, sessionId);
  }),
  'sends and drops': inChat(async (browser, sessionId, current) => {
    const text = `person ${++current.count}`;
    const answer = browser.client.do({ type: 'send', sessionId, clientId: text, text });
    browser.client.drop();
    browser.connected = false;
    if ('line' in (await answer)) browser.sent.set(text, sessionId);
  }),
  'person types': inChat((browser, sessionId, _, step) => {
    const state = step.other % 2 ? 'TYPING_STATE_STARTED' : 'TYPING_STATE_STOPPED';
    return browser.client.do({ type: 'typing', sessionId, state });
  }),
  leaves: inChat((browser, sessionId) => browser.client.do({ type: 'leave', sessionId, next: 'end' })),
  'gives back': inChat((browser, sessionId) => browser.client.do({ type: 'leave', sessionId, next: 'agent' })),
  'moves to a queue': inChat((browser, sessionId, _, step) => {
    const queueId = ['general', 'billing', 'short'][step.other % 3] ?? 'general';
    return browser.client.do({ type: 'transfer', sessionId, to: { queueId } });
  }),
  'moves to a person': inChat(async (browser, sessionId, _, step) => {
    const personId = people[(step.person + 1 + (step.other % 2)) % people.length]?.id ?? '';
    const answer = await browser.client.do({ type: 'transfer', sessionId, to: { personId } });
    catchUp(browser);
    if (answer.ok && browser.chats.has(sessionId)) browser.wrong.push('gave a chat away and has it still');
  }),
  joins: async (current, step) => {
    const browser = current.browsers[2];
    const id = current.visitors[step.visitor % current.visitors.length]?.client.id ?? '';
    if (browser?.connected) await browser.client.do({ type: 'join', sessionId: id });
  },
  drops: byPerson(async (browser) => {
    browser.client.drop();
    browser.connected = false;
  }),
  returns: async (current, step) => {
    const browser = current.browsers[step.person % people.length];
    if (!browser || browser.connected) return;
    browser.client.return();
    browser.connected = true;
  },
  'a moment': () => settle(),
  'a second': ({ house }) => house.pass(1),
  'half a minute': ({ house }) => house.pass(31),
  'a minute': ({ house }) => house.pass(61),
  restart: async (current) => {
    for (const browser of current.browsers) {
      catchUp(browser);
      if (browser.connected) browser.client.drop();
    }
    current.house = await current.house.restart();
    for (const visitor of current.visitors) {
      if (!visitor.connected) continue;
      visitor.client = await current.house.again(visitor.client);
      visitor.window.connect(visitor.client.session, current.house);
    }
    for (const [index, person] of people.entries()) {
      const former = current.browsers[index];
      if (!former) continue;
      const client = current.house.connect(person, former.client.cursor);
      if (!former.connected) client.drop();
      current.browsers[index] = {
        ...browserOn(client),
        connected: former.connected,
        sent: former.sent,
        wrong: former.wrong,
      };
    }
  },
};

const often = [
  'asks for a human',
  'asks for a human',
  'writes',
  'writes',
  'accepts',
  'accepts the next',
  'sends',
  'sends',
];
const seldom = new Set(['ends the session', 'leaves', 'restart', 'a minute']);
const names = Object.keys(acts).flatMap((name) => (seldom.has(name) ? [name] : [name, name]));

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    act: fc.constantFrom(...often, ...often, ...names),
    visitor: fc.nat(2),
    person: fc.nat(2),
    other: fc.nat(5),
  }),
  { minLength: 10, maxLength: 60, size: 'max' },
);

/** What is wrong now, whatever is still going on. */
function wrongAtOnce({ browsers }: World): string[] {
  for (const browser of browsers) catchUp(browser);
  return browsers.flatMap(({ wrong }) => wrong);
}

/** What is wrong when everything has come to rest, by the journals. */
async function wrongAtRest(current: World): Promise<string[]> {
  const wrong = [...wrongAtOnce(current)];
  const { house, visitors, browsers } = current;
  for (const visitor of visitors) {
    const stored = await house.store.load(visitor.client.id);
    const journal = (stored?.entries ?? []).map(readStored);
    wrong.push(...ownersIn(journal), ...wrongForVisitor(visitor, journal));
    for (const browser of browsers) wrong.push(...wrongForPerson(browser, visitor.client.id, journal));
    const { floor } = (await stateOf(current, visitor)) ?? { floor: { holder: 'nobody' } };
    const inside = browsers.filter(
      ({ client, connected, chats }) => connected && chats.has(visitor.client.id) && client,
    );
    if (floor.holder !== 'human' && inside.length > 0) wrong.push(`${floor.holder} has the floor, and people the chat`);
    if (floor.holder === 'human' && inside.length === 0 && browsers.every(({ connected }) => connected)) {
      wrong.push('a human has the floor whom nobody sees');
    }
  }
  for (const { client } of visitors.filter(({ connected }) => connected)) {
    for (const name of typingFor(client)) wrong.push(`the visitor sees ${name} type for ever`);
  }
  for (const { client, typing, connected } of browsers) {
    // Whoever is away is told when they are back.
    for (const who of connected ? typing : []) wrong.push(`${client.person.id} sees ${who} type for ever`);
  }
  return wrong;
}

/** Humans who type, as far as a visitor's client knows. */
function typingFor({ events }: VisitorClient): string[] {
  const typing = new Set<string>();
  for (const { event } of events) {
    if (event.type === 'session-end') typing.clear();
    if (event.type !== 'live-agent-typing') continue;
    if (event.state === 'TYPING_STATE_STARTED') typing.add(event.agentName ?? '');
    else typing.delete(event.agentName ?? '');
  }
  return [...typing];
}

/** The state in this process; a visitor who is away may still hold a session of a former one. */
async function stateOf({ house }: World, { client }: Pick<Visitor, 'client'>) {
  return (await house.sessions.open(client.id))?.state;
}

/** From the agent's leaving to the end of the human stretch the agent says nothing, and humans speak only in it. */
function ownersIn(journal: readonly JournalEntry[]): string[] {
  let owner: 'agent' | 'queue' | 'human' | 'nobody' = 'nobody';
  const wrong: string[] = [];
  for (const entry of journal) {
    if (entry.sequence === null) {
      if (entry.fact.type === 'handoff-returned') owner = 'nobody';
      if (entry.fact.type === 'handoff-requeued') owner = 'queue';
      continue;
    }
    const { type } = entry.event;
    const desks = owner === 'queue' || owner === 'human';
    if (desks && type.startsWith('poly-agent')) wrong.push(`${type} while the ${owner} has the floor`);
    if (type === 'live-agent-message' && owner !== 'human') wrong.push(`a human speaks while ${owner} has the floor`);
    if (type === 'poly-agent-joined') owner = 'agent';
    else if (type === 'poly-agent-left') owner = 'queue';
    else if (type === 'live-agent-joined') owner = 'human';
    else if (type === 'handoff-failed' || type === 'handoff-timeout' || type === 'session-end') owner = 'nobody';
  }
  return wrong;
}

/** What was said is in the journal once; what was shown is the journal. */
function wrongForVisitor({ window, said }: Visitor, journal: readonly JournalEntry[]): string[] {
  const wrong = window.wrongBy(journal);
  const texts = journal.flatMap((entry) =>
    entry.sequence !== null && entry.event.type === 'user-message' ? [entry.event.text] : [],
  );
  for (const text of said) {
    const times = texts.filter((each) => each === text).length;
    if (times !== 1) wrong.push(`"${text}" is in the journal ${times} times`);
  }
  const humans = journal.flatMap((entry) =>
    entry.sequence !== null && entry.event.type === 'live-agent-message' ? [entry.event.text] : [],
  );
  if (new Set(humans).size !== humans.length) wrong.push('a human said something twice');
  return wrong;
}

/** What was acknowledged is in the journal; what a browser heard is what the journal says, without a hole. */
function wrongForPerson(
  { client, chats, sent, connected }: Browser,
  sessionId: string,
  journal: readonly JournalEntry[],
): string[] {
  const wrong: string[] = [];
  const lines = journal.flatMap(({ sequence, ...entry }) => {
    if (sequence === null || !('event' in entry)) return [];
    const { event } = entry;
    return event.type === 'user-message' || event.type === 'live-agent-message' ? [{ sequence, text: event.text }] : [];
  });
  for (const [text, where] of sent) {
    const times = lines.filter((line) => line.text === text).length;
    if (where === sessionId && times !== 1)
      wrong.push(`${client.person.id}: "${text}" is in the journal ${times} times`);
  }
  const heard = connected ? chats.get(sessionId) : undefined;
  if (!heard || heard.size === 0) return wrong;
  const from = Math.min(...heard.keys());
  const expected = lines.filter(({ sequence }) => sequence >= from).map(({ sequence, text }) => `${sequence} ${text}`);
  const actual = [...heard].map(([sequence, text]) => `${sequence} ${text}`);
  if (expected.join('\n') !== actual.join('\n')) {
    wrong.push(`${client.person.id} heard ${actual.join(', ')} instead of ${expected.join(', ')}`);
  }
  return wrong;
}

describe('whatever happens at the desk', { timeout: 120_000 }, () => {
  it('one has the floor, nothing is lost or doubled, the order is the journal’s, and typing ends', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const current = await world();
        for (const step of taken) {
          await acts[step.act]?.(current, step);
          expect(wrongAtOnce(current)).toEqual([]);
        }
        await current.house.pass(12);
        expect(await wrongAtRest(current)).toEqual([]);
        current.house.desk.stop();
        current.house.sessions.stop();
      }),
      { numRuns: 2000, seed: 20260101 },
    );
  });

  it('every visitor who waits is shown to somebody, with the place that the journal last told or a newer one', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const current = await world();
        for (const step of taken) await acts[step.act]?.(current, step);
        await current.house.pass(12);
        const over = current.house.connect(boss);
        const [first] = over.news();
        const { waiting } = first?.type === 'desk' ? first.desk : { waiting: [] };
        for (const { client, connected } of current.visitors) {
          const state = await stateOf(current, { client });
          const seen = waiting.find(({ sessionId }) => sessionId === client.id);
          expect(seen !== undefined).toBe(connected && state?.floor.holder === 'queue');
          if (seen) expect(state?.queueStatus?.positionInQueue).toBe(seen.position);
        }
      }),
      { numRuns: 300, seed: 20260102 },
    );
  });
});

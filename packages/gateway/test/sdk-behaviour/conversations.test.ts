// Whole conversations of the two SDKs: what their users see is what was said, each thing once.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMemoryDesk } from '../../src/handoff/index.ts';
import { startGateway } from '../driver.ts';
import type { TestGateway } from '../driver.ts';
import { WireClient } from '../wire-client.ts';
import { randomBelow } from './random.ts';
import type { Bubble } from './sdk-chat.ts';
import { SdkClient } from './sdk-client.ts';
import { obtainSession } from './sdk-rest.ts';
import type { SdkSession } from './sdk-rest.ts';
import { journalOf, saidBy, saidIn, saidOn } from './transcript.ts';

// The story takes the demo agent some seconds.
vi.setConfig({ testTimeout: 30_000 });

const dialects = ['ios', 'android'] as const;
const desk = createMemoryDesk();
const clients: SdkClient[] = [];
let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({ desk, limits: { tokensPerMinutePerAddress: 0, sessionsPerMinutePerConnector: 0 } });
});

afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

afterAll(() => parley.gateway.close());

/** An app whose user has been greeted. */
async function greeted(dialect: (typeof dialects)[number]): Promise<SdkClient> {
  const client = await SdkClient.start(parley.url, dialect);
  clients.push(client);
  await client.until(hasAnswers(1));
  return client;
}

/** The agent has said so much, and isn't at it any more. */
function hasAnswers(count: number): (client: SdkClient) => boolean {
  return ({ chat }) => chat.bubbles.filter(({ who, state }) => who === 'agent' && state === 'sent').length >= count;
}

/** Compares what the user sees with the journal: the same, each thing once, and one greeting. */
async function expectFaithful(client: SdkClient): Promise<void> {
  const journal = await journalOf(parley.url, client.session as SdkSession);
  expect(saidBy(saidOn(client.chat.bubbles))).toEqual(saidBy(saidIn(journal)));
  expect(journal.filter(({ type }) => type === 'EVENT_TYPE_POLY_AGENT_JOINED')).toHaveLength(1);
  expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, index) => index + 1));
  expect(client.chat.joins).toBe(1);
  expect(client.sessions).toBe(1);
}

describe.each(dialects)('the %s SDK', (dialect) => {
  it('is greeted once, asks, is answered, and ends', async () => {
    const client = await greeted(dialect);
    client.type();
    client.say('What are your opening hours?');
    await client.until(hasAnswers(2));
    client.say('Show me your locations');
    await client.until(hasAnswers(3));
    client.say('👩‍🚀 déjà vu');
    await client.until(hasAnswers(4));
    await expectFaithful(client);
    expect(saidOn(client.chat.bubbles).at(-1)).toBe('agent: You wrote: 👩‍🚀 déjà vu');
    client.end();
    const journal = await journalOf(parley.url, client.session as SdkSession);
    expect(journal.slice(-2).map(({ type }) => type)).toEqual([
      'EVENT_TYPE_USER_END_SESSION',
      'EVENT_TYPE_SESSION_END',
    ]);
  });

  it('has everything answered in order that its user sends in one go', async () => {
    const client = await greeted(dialect);
    const texts = Array.from({ length: 12 }, (_, index) => `thing ${index}`);
    for (const text of texts) client.say(text);
    await client.until(hasAnswers(13));
    await expectFaithful(client);
    const { agent = [] } = saidBy(saidOn(client.chat.bubbles));
    expect(agent.slice(1)).toEqual(texts.map((text) => `agent: You wrote: ${text}`));
  });

  it('ends when the agent does', async () => {
    const client = await greeted(dialect);
    client.say('goodbye');
    await client.until(({ chat }) => chat.isEnded);
    await expectFaithful(client);
  });

  it('learns that its chat has ended while it was away, and begins no other', async () => {
    const client = await greeted(dialect);
    const goodbye = client.say('goodbye');
    await client.until(() => goodbye.state === 'sent');
    client.drop();
    await client.until(({ chat }) => chat.isEnded && chat.bubbles.at(-1)?.who === 'agent');
    await expectFaithful(client);
    const again = SdkClient.resume(parley.url, dialect, client.session as SdkSession);
    clients.push(again);
    await again.until(({ chat }) => chat.isEnded);
    expect(saidOn(again.chat.bubbles)).toEqual(saidIn(await journalOf(parley.url, client.session as SdkSession)));
  });

  it('starts over: the old session is over, the new one greets', async () => {
    const client = await greeted(dialect);
    const former = client.session as SdkSession;
    client.say('one');
    await client.startNewSession();
    await client.until(hasAnswers(1));
    expect(client.sessions).toBe(2);
    const journal = await journalOf(parley.url, former);
    expect(journal.at(-1)).toMatchObject({ type: 'EVENT_TYPE_SESSION_END', payload: { reason: 'REASON_USER_END' } });
    expect(saidIn(journal)).toContain('user: one');
  });

  it('replaces its socket in the middle of a story and hears the rest', async () => {
    const client = await greeted(dialect);
    client.say('Tell me a long story');
    await client.until(({ chat }) => chat.bubbles.at(-1)?.state === 'typing');
    client.replaceSocket();
    await client.until(hasAnswers(2));
    await expectFaithful(client);
  });

  it.each([1, 2, 3, 4])(
    'loses its network again and again (%i): nothing is lost, nothing is shown twice',
    async (seed) => {
      const below = randomBelow(seed);
      const client = await greeted(dialect);
      for (let round = 0; round < 8; round += 1) {
        if (dialect === 'android') await client.until(({ isOpen }) => isOpen);
        const { cursor } = client.chat;
        client.say(`round ${round}. And more of it.`);
        const heard = cursor + below(4);
        await client.until(({ chat }) => chat.cursor >= heard);
        client.drop();
        if (below(2) === 0) client.say(`into the void ${round}`);
      }
      // Turns are taken in order, so when the last message is answered everything else is.
      await client.until(({ isOpen }) => isOpen);
      client.say('the last one');
      const isAnswered = ({ state, text }: Bubble): boolean => state === 'sent' && /^You wrote: .*one$/s.test(text);
      await client.until(({ chat }) => chat.bubbles.some(isAnswered));
      await expectFaithful(client);
      const unconfirmed = client.chat.bubbles.filter(({ state }) => state === 'sending');
      expect(unconfirmed).toEqual([]);
    },
  );

  it('is connected to a human, whose words it shows, and ends with them', async () => {
    const client = await greeted(dialect);
    client.say('Talk to a human');
    const { sessionId } = client.session as SdkSession;
    await client.until(() => desk.caseOf(sessionId) !== undefined);
    client.say('anybody there?');
    client.drop();
    await client.until(({ isOpen }) => isOpen);
    const opened = desk.caseOf(sessionId);
    opened?.join({ id: 'h1', name: 'Grace' });
    opened?.say('Hello, Grace here.');
    await client.until(({ chat }) => chat.bubbles.some(({ who }) => who === 'human'));
    client.say('thanks');
    await client.until(() => opened?.received.at(-1)?.text === 'thanks');
    opened?.leave();
    await client.until(({ chat }) => chat.isEnded);
    await expectFaithful(client);
  });
});

describe('an app that finds its chat again', () => {
  it('asks for no second agent, and shows the same chat', async () => {
    const client = await greeted('ios');
    client.say('remember this');
    await client.until(hasAnswers(2));
    const again = SdkClient.resume(parley.url, 'ios', client.session as SdkSession);
    clients.push(again);
    await again.until(hasAnswers(2));
    await expectFaithful(client);
    expect(saidOn(again.chat.bubbles)).toEqual(saidOn(client.chat.bubbles));
    expect(client.chat.notices).toEqual([]);
  });
});

describe('the voice add-ons', () => {
  it.each(['access_token', 'auth_token'])('see SESSION_START alone and link their call, by %s', async (name) => {
    const { sessionId, accessToken } = await obtainSession(parley.url, 'android');
    const client = await WireClient.open(parley.socketUrl({ session_id: sessionId, [name]: accessToken }));
    await client.next('SESSION_START');
    const [first = ''] = client.frames;
    expect((JSON.parse(first) as { payload: { events: unknown[] } }).payload.events).toHaveLength(1);
    client.send('LINK_TO_WEBRTC_CONVERSATION', { call_sid: randomUUID() });
    await client.settle();
    expect(client.types).toEqual(['SESSION_START']);
    await client.close();
  });
});

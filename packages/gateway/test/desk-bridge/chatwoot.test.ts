import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bridgeHouse, settle } from './bridge-house.ts';
import type { BridgeHouse, BridgeHouseOptions, Visitor } from './bridge-house.ts';
import { ACCOUNT, API_TOKEN, ChatwootServer, HMAC_TOKEN, INBOX, grace, noor } from './chatwoot-server.ts';

const WEBHOOK_TOKEN = 'the-secret-part-of-the-address';
const WEBHOOK_SECRET = 'what Chatwoot signs with';

const inbox = {
  kind: 'chatwoot',
  baseUrl: 'https://chatwoot.test',
  inboxIdentifier: INBOX,
  webhookToken: WEBHOOK_TOKEN,
  timeoutMs: 10_000,
  maxTries: 5,
} as const;
const withNotes = { ...inbox, notes: { accountId: ACCOUNT, apiAccessToken: API_TOKEN } };

interface Scene {
  house: BridgeHouse;
  chatwoot: ChatwootServer;
  visitor: Visitor;
  /** Sends webhooks, one after the other. Answers what became of the last. */
  send: (...webhooks: string[]) => Promise<string | undefined>;
}

async function begin(chatwoot: ChatwootServer, options: Partial<BridgeHouseOptions> = {}): Promise<Scene> {
  const house = await bridgeHouse({ fetch: chatwoot.fetch, desk: inbox, ...options });
  const visitor = await house.handedOff();
  return { house, chatwoot, visitor, send: (...webhooks) => sendTo(house, webhooks) };
}

async function sendTo(house: BridgeHouse, webhooks: readonly string[]): Promise<string | undefined> {
  let outcome: string | undefined;
  for (const body of webhooks) {
    outcome = await house.desks.takeChatwoot(WEBHOOK_TOKEN, { body, signature: undefined, timestamp: undefined });
    await settle();
  }
  return outcome;
}

/** A conversation in which Grace has written. Nothing of it is news. */
async function live(options: Partial<BridgeHouseOptions> = {}): Promise<Scene> {
  const scene = await begin(new ChatwootServer(), options);
  await scene.send(scene.chatwoot.write('Hello.'));
  scene.visitor.news();
  return scene;
}

describe('a hand-off to Chatwoot', () => {
  it('becomes a contact with a conversation that begins with what was said, and is accepted by that', async () => {
    const { chatwoot, visitor } = await begin(new ChatwootServer());
    expect(chatwoot.only.messages.map(({ content, message_type }) => [message_type, content])).toEqual([
      [0, 'Handed off to General (AGENT_DECISION)\norder: 7\n\nAgent: Hello.\nVisitor: human'],
    ]);
    expect(chatwoot.only.customAttributes).toMatchObject({ queue: 'General', parley_case: chatwoot.only.sourceId });
    expect(visitor.news().slice(-1)).toEqual(['handoff-accepted']);
  });

  it('has what was said as a private note when there is a token for it', async () => {
    const { chatwoot } = await begin(new ChatwootServer(), { desk: withNotes });
    expect(chatwoot.only.messages).toMatchObject([
      { private: true, content: expect.stringContaining('Visitor: human') },
    ]);
  });

  it('proves who the user is where the inbox wants it', async () => {
    const validating = new ChatwootServer({ validatesIdentity: true });
    const { chatwoot } = await begin(validating, { desk: { ...inbox, hmacToken: HMAC_TOKEN } });
    expect(chatwoot.only.messages).toHaveLength(1);
  });

  it('is refused when there is no such inbox', async () => {
    const { visitor } = await begin(new ChatwootServer(), { desk: { ...inbox, inboxIdentifier: 'another' } });
    expect(visitor.news()).toContain('handoff-failed');
  });

  it.each<[string, RegExp, Parameters<ChatwootServer['fail']>[1]]>([
    ['the contact is refused for a moment', /POST \/contacts$/, { status: 429, headers: { 'retry-after': '3' } }],
    ['the contact is made but its answer lost', /POST \/contacts$/, { status: 500, after: true }],
    ['the conversation is made but its answer lost', /POST .*conversations$/, { status: 502, after: true }],
    ['the conversation is never answered', /POST .*conversations$/, 'never'],
    ['the transcript is kept but its answer lost', /POST .*messages$/, { status: 503, after: true }],
  ])('is one conversation with one transcript when %s', async (_, path, fault) => {
    const server = new ChatwootServer();
    server.fail(path, fault);
    const { house, chatwoot, visitor } = await begin(server);
    await house.pass(15);
    expect(chatwoot.only.messages).toHaveLength(1);
    expect(visitor.news()).toContain('handoff-accepted');
  });

  it('has one note when the answer to the first was lost', async () => {
    const server = new ChatwootServer();
    server.fail(/POST .*messages$/, { status: 503, after: true });
    const { house, chatwoot } = await begin(server, { desk: withNotes });
    await house.pass(5);
    expect(chatwoot.only.messages).toHaveLength(1);
  });

  it('is accepted although the process died when it had just arrived', async () => {
    const server = new ChatwootServer();
    server.fail(/POST .*messages$/, { status: 500 });
    const { house, chatwoot, visitor } = await begin(server);
    const append = house.store.append.bind(house.store);
    house.store.append = (_sessionId, _entries, done) => done(new Error('the disk is gone'));
    await house.pass(2);
    house.store.append = append;
    const next = await house.crash();
    expect((await next.again(visitor)).session.state.floor).toMatchObject({ holder: 'queue', accepted: true });
    expect(chatwoot.only.messages).toHaveLength(1);
  });

  it('is another conversation each time, of one contact', async () => {
    const { house, chatwoot, visitor, send } = await begin(new ChatwootServer(), { queue: { afterHuman: 'agent' } });
    await send(chatwoot.write('Hello.'), chatwoot.resolve());
    chatwoot.fail(/POST .*conversations$/, { status: 502, after: true });
    await visitor.say('human');
    await house.pass(5);
    expect(chatwoot.conversations.map(({ messages }) => messages.length)).toEqual([2, 1]);
    expect(new Set([...chatwoot.contacts.values()].map(({ identifier }) => identifier)).size).toBe(1);
  });
});

describe('the user in Chatwoot', () => {
  it('MSG-088 MSG-089 writes and types', async () => {
    const { chatwoot, visitor } = await live();
    await visitor.types('TYPING_STATE_STARTED');
    await visitor.say('Where is it?');
    await visitor.types('TYPING_STATE_STOPPED');
    expect(chatwoot.only.typing).toEqual(['on', 'off']);
    expect(chatwoot.only.messages.at(-1)).toMatchObject({ message_type: 0, content: 'Where is it?' });
  });

  it('writes each thing once and in order, whatever gets lost', async () => {
    const { house, chatwoot, visitor } = await live();
    chatwoot.fail(/POST .*messages$/, { status: 500, after: true });
    chatwoot.fail(/POST .*messages$/, { status: 429 });
    chatwoot.fail(/POST .*messages$/, 'never');
    for (const text of ['same', 'same', 'other', 'same']) await visitor.say(text);
    await house.pass(60);
    const written = chatwoot.only.messages.filter(({ message_type }) => message_type === 0);
    expect(written.slice(1).map(({ content }) => content)).toEqual(['same', 'same', 'other', 'same']);
  });

  it('is gone and back in private notes, and the end resolves the conversation', async () => {
    const { house, chatwoot, visitor } = await live({ desk: withNotes });
    visitor.goAway();
    await house.pass(11);
    visitor.comeBack();
    await settle();
    expect(chatwoot.only.messages.slice(-2)).toMatchObject([
      { private: true, content: 'The visitor has left.' },
      { private: true, content: 'The visitor is back.' },
    ]);
    await visitor.end();
    expect(chatwoot.only.status).toBe('resolved');
  });

  it('MSG-096 is told when the conversation is gone, and the agent goes on', async () => {
    const { chatwoot, visitor } = await live();
    chatwoot.conversations.length = 0;
    await visitor.say('Hello?');
    expect(visitor.news().slice(-3)).toEqual([
      'Failed to forward message to live agent',
      'handoff-failed',
      'Sorry, we could not connect you to an agent. Please try again.',
    ]);
    await visitor.say('Anybody?');
    expect(visitor.news()).toContain('poly-agent-message "You wrote: Anybody?"');
  });
});

describe('a person in Chatwoot', () => {
  it('MSG-087 joins when a conversation is assigned to them', async () => {
    const { chatwoot, visitor, send } = await begin(new ChatwootServer());
    await send(chatwoot.assign(grace), chatwoot.assign(grace));
    expect(visitor.news().slice(-2)).toEqual(['handoff-accepted', 'live-agent-joined']);
    await send(chatwoot.assign(noor), chatwoot.assign(null));
    expect(visitor.news()).toEqual(['live-agent-joined']);
  });

  it('MSG-090 joins with their first message, when nobody has', async () => {
    const { chatwoot, visitor, send } = await begin(new ChatwootServer());
    await send(
      chatwoot.write('Hello.'),
      chatwoot.write('How can I help?'),
      chatwoot.write('Me too.', { sender: noor }),
    );
    expect(visitor.news().slice(-4)).toEqual([
      'live-agent-joined',
      'live-agent-message "Hello."',
      'live-agent-message "How can I help?"',
      'live-agent-message "Me too."',
    ]);
    expect(visitor.events.at(-1)?.event).toMatchObject({ agentId: '12', agentName: 'Noor' });
  });

  it('sends files and choices', async () => {
    const { chatwoot, visitor, send } = await live();
    await send(
      chatwoot.write(null, {
        attachments: [
          { file_type: 'image', data_url: 'https://chatwoot.test/rails/cat%20one.png' },
          { file_type: 'file', data_url: 'https://chatwoot.test/rails/bill.pdf' },
          { file_type: 'location', data_url: null },
        ],
      }),
      chatwoot.write('Which?', { content_attributes: { items: [{ title: 'Red', value: 'r' }] } }),
    );
    const [files, choice] = visitor.events.slice(-2).map(({ event }) => event);
    expect(files).toMatchObject({
      attachments: [
        { title: 'cat one.png', contentType: 'ATTACHMENT_CONTENT_TYPE_IMAGE' },
        { title: 'bill.pdf', contentType: 'ATTACHMENT_CONTENT_TYPE_URL' },
      ],
    });
    expect(choice).toMatchObject({ text: 'Which?', responseSuggestions: [{ messageText: 'Red' }] });
  });

  it('writes more than fits into one message', async () => {
    const { chatwoot, visitor, send } = await live();
    await send(chatwoot.write('x'.repeat(16_001)));
    expect(visitor.news().map((line) => line.length - 'live-agent-message ""'.length)).toEqual([16_000, 1]);
  });

  it('MSG-091 types, but for notes', async () => {
    const { chatwoot, visitor, send } = await live();
    await send(chatwoot.type(true, { is_private: true }), chatwoot.type(true), chatwoot.type(false));
    await send(chatwoot.type(true, { user: { id: 9, name: 'Jo' } }));
    expect(visitor.news()).toEqual(['live-agent-typing STARTED', 'live-agent-typing STOPPED']);
  });

  it.each<[NonNullable<BridgeHouseOptions['queue']>, string[]]>([
    [{ afterHuman: 'end' }, ['live-agent-left', 'session-end']],
    [{ afterHuman: 'agent' }, ['poly-agent-joined', 'poly-agent-message "I am back."']],
  ])('MSG-092 resolves: %j', async (queue, shown) => {
    const { chatwoot, visitor, send } = await live({ queue });
    await send(chatwoot.resolve(), chatwoot.resolve());
    expect(visitor.news().filter((line) => line !== 'poly-agent-thinking')).toEqual(shown);
  });

  it('resolves without a word: the agent goes on', async () => {
    const { chatwoot, visitor, send } = await begin(new ChatwootServer());
    await send(chatwoot.resolve());
    expect(visitor.news()).toContain('handoff-failed');
  });
});

describe('webhooks', () => {
  it('that come twice are one', async () => {
    const { chatwoot, visitor, send } = await live();
    const webhook = chatwoot.write('Once.');
    await send(webhook, webhook);
    await Promise.all([send(webhook), send(webhook)]);
    expect(visitor.news()).toEqual(['live-agent-message "Once."']);
  });

  it('that are overtaken by the end are shown before it', async () => {
    const { chatwoot, visitor, send } = await live();
    const [first, second] = [chatwoot.write('First.'), chatwoot.write('Second.')];
    await send(second, chatwoot.resolve(), first);
    expect(visitor.news()).toEqual([
      'live-agent-message "Second."',
      'live-agent-message "First."',
      'live-agent-left',
      'session-end',
    ]);
  });

  it('are taken as they are when Chatwoot cannot be asked at the end', async () => {
    const { chatwoot, visitor, send } = await live();
    chatwoot.fail(/GET .*messages$/, { status: 500 });
    await send(chatwoot.resolve());
    expect(visitor.news()).toEqual(['live-agent-left', 'session-end']);
  });

  it('of notes, bots, templates, activities and of what the user wrote show nothing', async () => {
    const { chatwoot, visitor, send } = await live();
    await visitor.say('Mine.');
    visitor.news();
    const own = chatwoot.only.messages.at(-1);
    await send(
      chatwoot.write('A note.', { private: true }),
      chatwoot.write('I am a bot.', { sender: { id: 1, name: 'Bot', type: 'agent_bot' } }),
      chatwoot.write('How was it?', { message_type: 3, sender: null }),
      chatwoot.write('Grace was assigned.', { message_type: 2, sender: null }),
      chatwoot.write('  '),
      ...(own ? [chatwoot.webhookOf(own)] : []),
    );
    expect(visitor.news()).toEqual([]);
  });

  it('of other things, and of conversations that are not ours, are taken and forgotten', async () => {
    const { chatwoot, visitor, send } = await live();
    const foreign = JSON.parse(chatwoot.write('Not for you.')) as { conversation: Record<string, unknown> };
    const conversation = { ...foreign.conversation, custom_attributes: {}, contact_inbox: { source_id: 'nobody' } };
    const outcomes = [
      await send(JSON.stringify({ event: 'contact_updated', id: 4 })),
      await send(JSON.stringify({ ...foreign, conversation })),
    ];
    expect(outcomes).toEqual(['taken', 'taken']);
    expect(visitor.news()).toEqual([]);
  });

  it.each(['{', '[]', '{"event":"message_created"}', '{"id":1}'])(
    'that cannot be read are refused: %s',
    async (body) => {
      const { send } = await live();
      expect(await send(body)).toBe('invalidEvent');
    },
  );

  it('with a wrong token have no inbox', async () => {
    const { house, chatwoot } = await live();
    const request = { body: chatwoot.write('Hello.'), signature: undefined, timestamp: undefined };
    expect(await house.desks.takeChatwoot('another', request)).toBeUndefined();
  });

  it('have to be signed where a secret is configured', async () => {
    const server = new ChatwootServer();
    const { house, chatwoot, visitor } = await begin(server, { desk: { ...inbox, webhookSecret: WEBHOOK_SECRET } });
    const body = chatwoot.write('Hello.');
    const seconds = (skew: number): string => String(house.time.nowMs() / 1000 + skew);
    const signed = (timestamp: string, secret = WEBHOOK_SECRET) => ({
      body,
      timestamp,
      signature: `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
    });
    for (const request of [
      { body, signature: undefined, timestamp: undefined },
      signed(seconds(0), 'another'),
      signed(seconds(-301)),
      { ...signed(seconds(0)), body: `${body} ` },
    ]) {
      expect(await house.desks.takeChatwoot(WEBHOOK_TOKEN, request)).toBe('wrongSignature');
    }
    expect(await house.desks.takeChatwoot(WEBHOOK_TOKEN, signed(seconds(0)))).toBe('taken');
    await settle();
    expect(visitor.news().at(-1)).toBe('live-agent-message "Hello."');
  });

  it('find their case after a restart, and show nothing again', async () => {
    const { house, chatwoot, visitor, send } = await live();
    const before = chatwoot.write('Before.');
    await send(before);
    const next = await house.crash();
    const again = await next.again(visitor);
    await sendTo(next, [before, chatwoot.write('After.')]);
    expect(again.news()).toEqual(['live-agent-message "After."']);
  });

  it('MSG-092 end a conversation whose session has to be loaded first', async () => {
    const { house, chatwoot, visitor } = await live();
    const next = await house.crash({ desksLater: true });
    const resolved = sendTo(next, [chatwoot.resolve()]);
    const again = await next.again(visitor);
    await next.desks.start();
    await resolved;
    expect(again.news()).toEqual(['live-agent-left', 'session-end']);
  });

  it('leave no secret in the log', async () => {
    const { house, chatwoot, visitor } = await live({ desk: withNotes });
    chatwoot.fail(/POST .*messages$/, { status: 500 });
    await visitor.say('private words');
    await house.pass(3);
    expect(house.logged).toContain('A desk could not be told, and will be again');
    for (const word of [API_TOKEN, WEBHOOK_TOKEN, 'private words']) expect(house.logged).not.toContain(word);
  });
});

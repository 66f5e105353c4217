// People at the desk and visitors, from the queue to the end of a chat.
import { describe, expect, it } from 'vitest';
import type { DeskAnswer, DeskEvent } from '../../src/handoff/index.ts';
import { BACK, boss, deskHouse, general, grace, noor, person, queue, settle } from './desk-house.ts';
import type { DeskClient, DeskHouse, VisitorClient } from './desk-house.ts';

/** A chat that Grace has taken. Nothing of it is news. */
async function chatting(house?: DeskHouse) {
  const at = house ?? (await deskHouse());
  const desk = at.connect(grace);
  const visitor = await at.waiting();
  await desk.do({ type: 'accept', sessionId: visitor.id });
  await settle();
  desk.news();
  visitor.news();
  return { house: at, desk, visitor, sessionId: visitor.id };
}

const send = (sessionId: string, text: string, clientId = text) =>
  ({ type: 'send', sessionId, clientId, text }) as const;

const typesIn = (events: readonly DeskEvent[]) => events.map(({ type }) => type);
const textsIn = (events: readonly DeskEvent[]) =>
  events.flatMap((event) => (event.type === 'line' ? [event.line.text] : []));
const codeOf = (answer: DeskAnswer) => (answer.ok ? 'ok' : answer.refusal.code);

async function linesOf(desk: DeskClient, { id }: VisitorClient) {
  const answer = await desk.do({ type: 'transcript', sessionId: id });
  return 'transcript' in answer ? answer.transcript.lines.map(({ speaker, text }) => `${speaker}: ${text}`) : [];
}

describe('a visitor who waits', () => {
  it('MSG-087 is told each step, in order, and so is the desk', async () => {
    const house = await deskHouse();
    const desk = house.connect(grace);
    desk.news();
    const visitor = await house.waiting();
    expect(visitor.news().slice(-4)).toEqual([
      'poly-agent-triggered-handoff',
      'poly-agent-left',
      'handoff-accepted',
      'handoff-queue-status',
    ]);
    expect(desk.news()).toContainEqual({
      type: 'waiting',
      waiting: expect.objectContaining({
        sessionId: visitor.id,
        queueId: 'general',
        position: 1,
        preview: 'human General',
      }),
    });
    expect(await desk.do({ type: 'accept', sessionId: visitor.id })).toEqual({ ok: true });
    await settle();
    expect(visitor.news()).toEqual(['live-agent-joined']);
    expect(visitor.events.at(-1)?.event).toMatchObject({ agent: { id: 'grace', name: 'GRACE' } });
    expect(typesIn(desk.news())).toEqual(expect.arrayContaining(['waiting-over', 'chat', 'queue', 'person']));
  });

  it('brings what was said before, and the messages written while waiting', async () => {
    const house = await deskHouse();
    const visitor = await house.visitor();
    await visitor.say('My parcel is lost.');
    await visitor.say('human');
    await visitor.say('Is anybody there?');
    const desk = house.connect(grace);
    await desk.do({ type: 'accept', sessionId: visitor.id });
    expect(await linesOf(desk, visitor)).toEqual([
      'agent: Hello.',
      'user: My parcel is lost.',
      'agent: You wrote: My parcel is lost.',
      'user: human',
      'user: Is anybody there?',
    ]);
  });

  it('sees the place move, at most every 10 s', async () => {
    const house = await deskHouse();
    const desk = house.connect(grace);
    const [first, second, third] = [await house.waiting(), await house.waiting(), await house.waiting()];
    await desk.do({ type: 'accept', sessionId: first.id });
    await desk.do({ type: 'accept', sessionId: second.id });
    await house.pass(30);
    const places = third.events.flatMap(({ event }) =>
      event.type === 'handoff-queue-status' ? [event.positionInQueue] : [],
    );
    expect(places).toEqual([3, 1]);
    expect(third.lines.filter((line) => line === 'handoff-queue-status')).toHaveLength(2);
  });

  it('is told how long it will take, judged by those before', async () => {
    const house = await deskHouse();
    const desk = house.connect(grace);
    const first = await house.waiting();
    await house.pass(40);
    await desk.do({ type: 'accept', sessionId: first.id });
    const second = await house.waiting();
    expect(second.events.at(-1)?.event).toMatchObject({ positionInQueue: 1, estimatedWaitSeconds: 60 });
  });

  it('who went away has no place, and the same place again within a minute', async () => {
    const house = await deskHouse();
    const desk = house.connect(grace);
    const [first, second] = [await house.waiting(), await house.waiting()];
    desk.news();
    first.goAway();
    expect(desk.news()).toContainEqual({ type: 'waiting-over', sessionId: first.id, why: 'absent', by: null });
    expect(codeOf(await desk.do({ type: 'accept', sessionId: first.id }))).toBe('visitor-away');
    await house.pass(59);
    first.comeBack();
    expect(await desk.do({ type: 'accept-next' })).toEqual({ ok: true, sessionId: first.id });
    second.goAway();
    await house.pass(1);
    expect(codeOf(await desk.do({ type: 'accept-next' }))).toBe('nobody-waits');
  });

  it('who is away for longer than a minute waits anew, behind the others', async () => {
    const house = await deskHouse();
    const desk = house.connect(grace);
    const [first, second] = [await house.waiting(), await house.waiting()];
    first.goAway();
    await house.pass(61);
    first.comeBack();
    expect(await desk.do({ type: 'accept-next' })).toEqual({ ok: true, sessionId: second.id });
  });

  it('MSG-095 is told when nobody came in time, and the agent takes the next message', async () => {
    const house = await deskHouse();
    const visitor = await house.waiting();
    visitor.news();
    await house.pass(300);
    expect(visitor.news()).toEqual(['handoff-timeout']);
    await visitor.say('So be it.');
    expect(visitor.news()).toEqual([
      'user-message',
      'poly-agent-joined',
      '~ poly-agent-thinking',
      'poly-agent-message',
    ]);
  });

  it('may be let go when nobody came in time, if the queue says so', async () => {
    const house = await deskHouse({ queues: [queue('general', { name: 'General', afterTimeout: 'end' })] });
    const visitor = await house.waiting();
    visitor.news();
    await house.pass(300);
    expect(visitor.news()).toEqual(['handoff-timeout', 'session-end']);
  });

  it('MSG-094 is told at once when the queue is closed, and the agent goes on', async () => {
    const house = await deskHouse({ queues: [queue('general', { name: 'General', hours: [] })] });
    const visitor = await house.waiting();
    expect(visitor.news().slice(-2)).toEqual(['~ Sorry, handoff could not be initiated.', 'handoff-failed']);
    expect(visitor.events.at(-1)?.event).toMatchObject({ reason: 'closed' });
    await visitor.say('Never mind.');
    expect(visitor.news()).toContain('poly-agent-message');
  });

  it('goes back to the agent with the word the queue has for it', async () => {
    const house = await deskHouse({ queues: [queue('general', { name: 'General', cancelWords: ['Ada'] })] });
    const visitor = await house.waiting();
    visitor.news();
    await visitor.say(' ada ');
    expect(visitor.news()).toEqual([
      'user-message',
      'poly-agent-joined',
      '~ poly-agent-thinking',
      'poly-agent-message',
    ]);
    expect(visitor.session.state.floor).toEqual({ holder: 'agent' });
  });

  it('may leave for good with that word, if the queue says so', async () => {
    const leaves = { cancelWords: ['stop'], afterCancel: 'end' } as const;
    const house = await deskHouse({ queues: [queue('general', { name: 'General', ...leaves })] });
    const visitor = await house.waiting();
    visitor.news();
    await visitor.say('Stop');
    expect(visitor.news()).toEqual(['user-message', 'session-end']);
  });

  it('goes in order of priority, where the agent says how urgent it is', async () => {
    const house = await deskHouse({ queues: [general, queue('vip', { name: 'Vip', priority: 5 })] });
    const desk = house.connect(grace);
    const ordinary = await house.waiting('General');
    const important = await house.waiting('Vip');
    expect(await desk.do({ type: 'accept-next' })).toEqual({ ok: true, sessionId: important.id });
    expect(await desk.do({ type: 'accept-next', queueId: 'general' })).toEqual({ ok: true, sessionId: ordinary.id });
  });
});

describe('two people who are equally fast', () => {
  it('one has the chat, and the other is told who', async () => {
    const house = await deskHouse();
    const [one, other] = [house.connect(grace), house.connect(noor)];
    const visitor = await house.waiting();
    const accept = { type: 'accept', sessionId: visitor.id } as const;
    const answers = await Promise.all([one.do(accept), other.do(accept)]);
    expect(answers[0]).toEqual({ ok: true });
    expect(answers[1]).toMatchObject({ ok: false, refusal: { code: 'taken', by: { id: 'grace', name: 'GRACE' } } });
    await settle();
    expect(other.heard).toContainEqual({
      type: 'waiting-over',
      sessionId: visitor.id,
      why: 'taken',
      by: { id: 'grace', name: 'GRACE' },
    });
    expect(visitor.lines.filter((line) => line === 'live-agent-joined')).toHaveLength(1);
    expect(codeOf(await other.do(send(visitor.id, 'Hi')))).toBe('not-allowed');
  });
});

describe('a chat', () => {
  it('MSG-088 MSG-090 goes both ways, in the order of the journal', async () => {
    const { desk, visitor, sessionId } = await chatting();
    await desk.do(send(sessionId, 'Hello, I am Grace.'));
    await visitor.say('Hello, Grace.');
    await desk.do(send(sessionId, 'What is it?'));
    expect(visitor.news()).toEqual(['live-agent-message', 'user-message', 'live-agent-message']);
    const news = desk.news();
    expect(textsIn(news)).toEqual(['Hello, I am Grace.', 'Hello, Grace.', 'What is it?']);
    const sequences = news.flatMap((event) => (event.type === 'line' ? [event.line.sequence] : []));
    expect(sequences).toEqual(visitor.events.slice(-3).map(({ sequence }) => sequence));
  });

  it('shows cards and suggestions of a person to the visitor', async () => {
    const { desk, visitor, sessionId } = await chatting();
    const attachments = [
      { title: 'Map', contentUrl: 'https://parley.test/map', contentType: 'ATTACHMENT_CONTENT_TYPE_URL' as const },
    ];
    const suggestions = [{ messageText: 'Thank you' }];
    const answer = await desk.do({ ...send(sessionId, 'Here.'), attachments, suggestions });
    expect(answer).toMatchObject({ ok: true, line: { attachments, suggestions, clientId: 'Here.' } });
    expect(visitor.events.at(-1)?.event).toMatchObject({ attachments, responseSuggestions: suggestions });
  });

  it.each([
    ['nothing', { text: ' ' }],
    ['too much', { text: 'x'.repeat(16_001) }],
    [
      'a link that runs',
      {
        attachments: [
          { title: '', contentUrl: 'javascript:alert(1)', contentType: 'ATTACHMENT_CONTENT_TYPE_URL' as const },
        ],
      },
    ],
    ['an empty suggestion', { suggestions: [{ messageText: '' }] }],
    ['no id', { clientId: '' }],
  ])('refuses %s', async (_what, changes) => {
    const { desk, visitor, sessionId } = await chatting();
    expect(codeOf(await desk.do({ ...send(sessionId, 'Hi'), ...changes }))).toBe('bad-content');
    expect(visitor.news()).toEqual([]);
  });

  it('has a message once, however often it is sent, after a restart too', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const [one, two] = await Promise.all([desk.do(send(sessionId, 'Hi', 'c1')), desk.do(send(sessionId, 'Hi', 'c1'))]);
    expect(two).toEqual(one);
    const later = await house.restart();
    const again = await later.again(visitor);
    const back = later.connect(grace);
    expect(await back.do(send(sessionId, 'Hi', 'c1'))).toMatchObject({ ok: true, line: { text: 'Hi' } });
    await settle();
    expect(again.news()).not.toContain('live-agent-message');
  });

  it('MSG-089 MSG-091 shows both sides that the other types, and never for ever', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    visitor.types('TYPING_STATE_STARTED');
    await desk.do({ type: 'typing', sessionId, state: 'TYPING_STATE_STARTED' });
    await house.pass(11);
    const states = desk.news().flatMap((event) => (event.type === 'typing' ? [event.typing.state] : []));
    expect(states).toEqual(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED']);
    expect(visitor.news()).toEqual(['~ live-agent-typing', '~ live-agent-typing']);
    expect(visitor.events.at(-1)?.event).toMatchObject({ state: 'TYPING_STATE_STOPPED', agentId: 'grace' });
  });

  it('ends a typing with what was typed, and with the connection', async () => {
    const { desk, visitor, sessionId } = await chatting();
    await desk.do({ type: 'typing', sessionId, state: 'TYPING_STATE_STARTED' });
    await desk.do(send(sessionId, 'Hi'));
    await desk.do({ type: 'typing', sessionId, state: 'TYPING_STATE_STARTED' });
    desk.drop();
    expect(visitor.events.flatMap(({ event }) => (event.type === 'live-agent-typing' ? [event.state] : []))).toEqual([
      'TYPING_STATE_STARTED',
      'TYPING_STATE_STOPPED',
      'TYPING_STATE_STARTED',
      'TYPING_STATE_STOPPED',
    ]);
  });

  it('counts what was not read', async () => {
    const { desk, visitor, sessionId } = await chatting();
    await visitor.say('One');
    await visitor.say('Two');
    const counts = desk.news().flatMap((event) => (event.type === 'line' ? [event.unreadCount] : []));
    expect(counts).toEqual([1, 2]);
    await desk.do({ type: 'read', sessionId, sequence: visitor.session.state.sequence });
    expect(desk.news()).toContainEqual({ type: 'chat', chat: expect.objectContaining({ sessionId, unreadCount: 0 }) });
  });

  it('has notes that visitors never see, each once, and they outlive the process', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const note = { type: 'note', sessionId, clientId: 'n1', text: 'Angry, be careful.' } as const;
    expect(await desk.do(note)).toMatchObject({ ok: true, note: { by: { id: 'grace' }, text: 'Angry, be careful.' } });
    await desk.do(note);
    await settle();
    expect(visitor.news()).toEqual([]);
    expect(JSON.stringify(await house.store.load(sessionId))).not.toContain('Angry');
    const later = await house.restart();
    const answer = await later.connect(grace).do({ type: 'transcript', sessionId });
    expect(answer).toMatchObject({ transcript: { notes: [{ text: 'Angry, be careful.' }] } });
    expect(codeOf(await later.connect(grace).do({ ...note, text: 'x'.repeat(16_001) }))).toBe('bad-content');
  });

  it('MSG-092 ends when the person is done', async () => {
    const { desk, visitor, sessionId } = await chatting();
    await desk.do({ type: 'leave', sessionId });
    await settle();
    expect(visitor.news()).toEqual(['live-agent-left', 'session-end']);
    expect(desk.news()).toContainEqual({ type: 'chat-over', sessionId, why: 'over', by: null });
    expect(codeOf(await desk.do(send(sessionId, 'Wait!')))).toBe('no-such-chat');
  });

  it('goes back to the agent without a word that the person left; the agent knows what was said and says so once', async () => {
    const { desk, visitor, sessionId } = await chatting();
    await desk.do(send(sessionId, 'I look into it.'));
    await desk.do({ type: 'leave', sessionId, next: 'agent' });
    await settle();
    const news = visitor.news();
    expect(news).not.toContain('live-agent-left');
    expect(news.slice(1)).toEqual(['poly-agent-joined', '~ poly-agent-thinking', 'poly-agent-message']);
    expect(visitor.events.at(-1)?.event).toMatchObject({ text: expect.stringMatching(`${BACK} .*I look into it.`) });
    expect(desk.news()).toContainEqual({ type: 'chat-over', sessionId, why: 'returned', by: null });
    await visitor.say('Thanks');
    expect(visitor.events.at(-1)?.event).toMatchObject({ text: 'You wrote: Thanks' });
  });

  it('goes back to the agent by itself, where the queue says so', async () => {
    const house = await deskHouse({ queues: [queue('general', { name: 'General', afterHuman: 'agent' })] });
    const { desk, visitor, sessionId } = await chatting(house);
    await desk.do({ type: 'leave', sessionId });
    await settle();
    expect(visitor.news()).toContain('poly-agent-joined');
  });

  it('is over for the desk when the visitor ends it', async () => {
    const { desk, visitor, sessionId } = await chatting();
    await visitor.say('Bye.');
    await visitor.end();
    expect(textsIn(desk.news())).toEqual(['Bye.']);
    expect(desk.heard).toContainEqual({ type: 'chat-over', sessionId, why: 'over', by: null });
  });

  it('can be given to another queue, where it waits by its age, and to another person', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const other = house.connect(noor);
    await house.waiting('Billing');
    expect(await desk.do({ type: 'transfer', sessionId, to: { queueId: 'billing' } })).toEqual({ ok: true });
    await settle();
    expect(visitor.news()).toEqual(['handoff-queue-status']);
    expect(visitor.session.state.floor).toMatchObject({ holder: 'queue', queue: 'Billing' });
    expect(await other.do({ type: 'accept-next', queueId: 'billing' })).toEqual({ ok: true, sessionId });
    desk.news();
    expect(await other.do({ type: 'transfer', sessionId, to: { personId: 'grace' } })).toEqual({ ok: true });
    await settle();
    expect(visitor.news()).toEqual(['live-agent-joined', 'live-agent-joined']);
    expect(desk.news()).toContainEqual({ type: 'chat', chat: expect.objectContaining({ sessionId, mine: 'in' }) });
    expect(other.heard).toContainEqual(expect.objectContaining({ type: 'chat-over', why: 'transferred' }));
    expect(codeOf(await other.do(send(sessionId, 'Hi')))).toBe('not-allowed');
  });

  it('cannot be given to nobody, or to somebody who is full', async () => {
    const house = await deskHouse();
    const { desk, sessionId } = await chatting(house);
    const to = (personId: string) => ({ type: 'transfer', sessionId, to: { personId } }) as const;
    expect(codeOf(await desk.do(to('noor')))).toBe('no-such-person');
    house.connect({ ...noor, capacity: 0 });
    expect(codeOf(await desk.do(to('noor')))).toBe('full');
    expect(codeOf(await desk.do({ type: 'transfer', sessionId, to: { queueId: 'nowhere' } }))).toBe('no-such-queue');
  });
});

describe('how many chats a person has', () => {
  it('is at most what the queue says, or the person', async () => {
    const house = await deskHouse({ queues: [queue('general', { name: 'General', capacity: 1 })] });
    const [desk, able] = [house.connect(grace), house.connect(person('able', { capacity: 2 }))];
    for (let count = 0; count < 3; count++) await house.waiting();
    expect([codeOf(await desk.do({ type: 'accept-next' })), codeOf(await desk.do({ type: 'accept-next' }))]).toEqual([
      'ok',
      'full',
    ]);
    await able.do({ type: 'accept-next' });
    expect(codeOf(await able.do({ type: 'accept-next' }))).toBe('ok');
  });

  it('goes by the queue: who has enough of one is offered the next of another', async () => {
    const house = await deskHouse({
      queues: [queue('vip', { name: 'VIP', capacity: 1, priority: 9 }), queue('general', { name: 'General' })],
    });
    const desk = house.connect(grace);
    await house.waiting('VIP');
    await desk.do({ type: 'accept-next' });
    expect(house.desk.view(grace).me).toMatchObject({ chatCount: 1, capacity: 3, fullFor: ['vip'] });
    await house.waiting('VIP');
    expect(codeOf(await desk.do({ type: 'accept-next' }))).toBe('full');
    const visitor = await house.waiting('General');
    expect(await desk.do({ type: 'accept-next' })).toMatchObject({ ok: true, sessionId: visitor.id });
  });

  it('has only queues the person answers', async () => {
    const house = await deskHouse();
    const desk = house.connect(person('clerk', { queueIds: ['billing'] }));
    const visitor = await house.waiting('General');
    expect(desk.heard.some(({ type }) => type === 'waiting')).toBe(false);
    expect(codeOf(await desk.do({ type: 'accept', sessionId: visitor.id }))).toBe('not-allowed');
    expect(codeOf(await desk.do({ type: 'accept-next' }))).toBe('nobody-waits');
  });
});

describe('a supervisor', () => {
  it('sees every chat, and hears one when they listen in, without writing', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const over = house.connect(boss);
    expect(over.news()[0]).toMatchObject({ type: 'desk', desk: { chats: [{ sessionId, mine: 'no' }] } });
    await visitor.say('Unheard');
    expect(textsIn(over.news())).toEqual([]);
    await over.do({ type: 'watch', sessionId });
    await visitor.say('Heard');
    await desk.do(send(sessionId, 'Heard too'));
    expect(textsIn(over.news())).toEqual(['Heard', 'Heard too']);
    expect(codeOf(await over.do(send(sessionId, 'Hi')))).toBe('not-allowed');
    visitor.news();
    expect(desk.heard.some((event) => event.type === 'chat' && event.chat.people.length > 1)).toBe(false);
  });

  it('joins, writes beside whoever has the chat, and leaves without ending it', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const over = house.connect(boss);
    await over.do({ type: 'join', sessionId });
    await over.do(send(sessionId, 'The boss here.'));
    await desk.do(send(sessionId, 'And me.'));
    await settle();
    expect(visitor.events.slice(-2).map(({ event }) => 'agentId' in event && event.agentId)).toEqual(['boss', 'grace']);
    await over.do({ type: 'leave', sessionId });
    await desk.do(send(sessionId, 'Alone again.'));
    expect(visitor.news()).toEqual([
      'live-agent-joined',
      'live-agent-message',
      'live-agent-message',
      'live-agent-joined',
      'live-agent-message',
    ]);
  });

  it('who has joined stays when the chat is given to another person, until they leave or give it away', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const [over, other] = [house.connect(boss), house.connect(noor)];
    const peopleNow = () => house.desk.view(boss).chats[0]?.people.map(({ id }) => id);
    await over.do({ type: 'join', sessionId });
    await desk.do({ type: 'transfer', sessionId, to: { personId: 'noor' } });
    expect(peopleNow()).toEqual(['boss', 'noor']);
    await over.do(send(sessionId, 'Still here.'));
    await other.do({ type: 'leave', sessionId });
    await settle();
    expect(visitor.events.at(-1)?.event).toMatchObject({ type: 'live-agent-joined', agent: { id: 'boss' } });
    expect(visitor.session.state.ended).toBeNull();
    await over.do({ type: 'transfer', sessionId, to: { personId: 'grace' } });
    expect(peopleNow()).toEqual(['grace']);
  });

  it('takes a chat from whoever has it when they give it to another person, joined or not', async () => {
    const { house, sessionId } = await chatting();
    const over = house.connect(boss);
    house.connect(noor);
    const peopleNow = () => house.desk.view(boss).chats[0]?.people.map(({ id }) => id);
    await over.do({ type: 'transfer', sessionId, to: { personId: 'noor' } });
    expect(peopleNow()).toEqual(['noor']);
    await over.do({ type: 'join', sessionId });
    await over.do({ type: 'transfer', sessionId, to: { personId: 'grace' } });
    expect(peopleNow()).toEqual(['grace']);
  });

  it('who left is not in the chat again after a restart', async () => {
    const { house, visitor, sessionId } = await chatting();
    const over = house.connect(boss);
    await over.do({ type: 'join', sessionId });
    await over.do({ type: 'leave', sessionId });
    const later = await house.restart();
    const again = await later.again(visitor);
    const desk = later.connect(grace);
    expect(desk.news()[0]).toMatchObject({ desk: { chats: [{ sessionId, people: [{ id: 'grace' }] }] } });
    await desk.do({ type: 'leave', sessionId, next: 'end' });
    await settle();
    expect(again.news()).toContain('session-end');
  });

  it('may do what others may not', async () => {
    const { house, sessionId } = await chatting();
    const other = house.connect(noor);
    for (const type of ['transcript', 'watch', 'join', 'leave'] as const) {
      expect(codeOf(await other.do({ type, sessionId }))).toBe('not-allowed');
    }
    expect(codeOf(await other.do({ type: 'note', sessionId, clientId: 'n', text: 'Hm' }))).toBe('not-allowed');
    expect(codeOf(await other.do({ type: 'typing', sessionId, state: 'TYPING_STATE_STARTED' }))).toBe('not-allowed');
    expect(codeOf(await other.do({ type: 'read', sessionId, sequence: 1 }))).toBe('not-allowed');
    expect(codeOf(await other.do({ type: 'transfer', sessionId, to: { personId: 'noor' } }))).toBe('not-allowed');
  });

  it('gives somebody who waits back to the agent', async () => {
    const house = await deskHouse();
    const over = house.connect(boss);
    const visitor = await house.waiting();
    visitor.news();
    expect(await over.do({ type: 'dismiss', sessionId: visitor.id })).toEqual({ ok: true });
    await settle();
    expect(visitor.news()).toContain('poly-agent-joined');
    expect(over.heard).toContainEqual({ type: 'waiting-over', sessionId: visitor.id, why: 'returned', by: null });
  });
});

describe('a dropped connection of the desk', () => {
  it('goes on after the last event, without losing or doubling one', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    await visitor.say('One');
    desk.drop();
    await visitor.say('Two');
    await visitor.say('Three');
    visitor.types('TYPING_STATE_STARTED');
    await house.pass(30);
    desk.return();
    await desk.do(send(sessionId, 'Four'));
    const news = desk.news();
    expect(textsIn(news)).toEqual(['One', 'Two', 'Three', 'Four']);
    expect(typesIn(news)).not.toContain('desk');
    expect(news.findLast((event) => event.type === 'typing')).toMatchObject({
      typing: { state: 'TYPING_STATE_STOPPED' },
    });
  });

  it('is told everything when it comes back to another process', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const later = await house.restart();
    const back = later.connect(grace, desk.cursor);
    expect(back.news()[0]).toMatchObject({ type: 'desk', desk: { chats: [{ sessionId, mine: 'in' }] } });
    const again = await later.again(visitor);
    await again.say('Still there?');
    expect(textsIn(back.news())).toEqual(['Still there?']);
  });

  it('of a person who does not come back for 60 s gives the chat to the head of the queue, and the visitor is told', async () => {
    const { house, desk, visitor, sessionId } = await chatting();
    const other = house.connect(noor);
    await house.waiting();
    desk.drop();
    await house.pass(59);
    expect(visitor.news()).toEqual([]);
    await house.pass(1);
    expect(visitor.news()).toEqual(['handoff-queue-status']);
    expect(visitor.events.at(-1)?.event).toMatchObject({ positionInQueue: 1, displayMessage: 'You are next.' });
    expect(await other.do({ type: 'accept-next' })).toEqual({ ok: true, sessionId });
    desk.news();
    desk.return();
    expect(desk.news().at(0)).toMatchObject({ type: 'desk', desk: { chats: [] } });
  });

  it.each([
    ['agent', ['poly-agent-joined', '~ poly-agent-thinking', 'poly-agent-message']],
    ['end', ['live-agent-left', 'session-end']],
  ] as const)(
    'of a person who does not come back is followed by what the queue says: %s',
    async (afterVanish, told) => {
      const house = await deskHouse({ queues: [queue('general', { name: 'General', afterVanish })] });
      const { desk, visitor, sessionId } = await chatting(house);
      const other = house.connect(noor);
      desk.drop();
      await house.pass(59);
      expect(visitor.news()).toEqual([]);
      await house.pass(1);
      expect(visitor.news()).toEqual(told);
      expect(codeOf(await other.do({ type: 'accept-next' }))).toBe('nobody-waits');
      desk.return();
      expect(codeOf(await desk.do(send(sessionId, 'I am back.')))).toBe('no-such-chat');
      expect(visitor.news()).toEqual([]);
    },
  );

  it('of one of two windows changes nothing', async () => {
    const { house, desk, visitor } = await chatting();
    house.connect(grace);
    desk.drop();
    await house.pass(120);
    expect(visitor.news()).toEqual([]);
  });
});

describe('a restart', () => {
  it('keeps the order of the queue, and lets waits go on', async () => {
    const house = await deskHouse();
    const visitors = [await house.waiting(), await house.waiting(), await house.waiting()];
    await house.pass(200);
    const later = await house.restart();
    const desk = later.connect(grace);
    const again = [];
    for (const visitor of visitors.toReversed()) again.push(await later.again(visitor));
    const taken = [];
    for (let count = 0; count < 2; count++) taken.push(await desk.do({ type: 'accept-next' }));
    expect(taken).toEqual(visitors.slice(0, 2).map(({ id }) => ({ ok: true, sessionId: id })));
    await later.pass(100);
    expect(again[0]?.news()).toContain('handoff-timeout');
  });

  it('leaves a chat to whoever has it, if they come back within a minute', async () => {
    const { house, visitor, sessionId } = await chatting();
    const later = await house.restart();
    const again = await later.again(visitor);
    await later.pass(50);
    const desk = later.connect(grace);
    await later.pass(50);
    expect(await desk.do(send(sessionId, 'Here I am.'))).toMatchObject({ ok: true });
    expect(again.news()).toEqual(['live-agent-message']);
  });

  it('gives a chat back to the queue whose person does not come back', async () => {
    const { house, visitor } = await chatting();
    const later = await house.restart();
    const again = await later.again(visitor);
    await later.pass(60);
    expect(again.news()).toEqual(['handoff-queue-status']);
    expect(await later.connect(noor).do({ type: 'accept-next' })).toMatchObject({ ok: true });
  });
});

describe('an integration without a connection', () => {
  it('does what people do, and keeps a chat by doing something every minute', async () => {
    const house = await deskHouse();
    const visitor = await house.waiting();
    await house.desk.act(grace, { type: 'accept', sessionId: visitor.id });
    await house.pass(50);
    expect(await house.desk.act(grace, send(visitor.id, 'Hi'))).toMatchObject({ ok: true });
    await house.pass(50);
    expect(visitor.session.state.floor.holder).toBe('human');
    await house.pass(10);
    expect(visitor.session.state.floor.holder).toBe('queue');
  });
});

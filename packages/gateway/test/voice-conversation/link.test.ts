// A call and a messaging session that belong together (voice spec, section 8): over real sockets, with real audio.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../../src/identity/index.ts';
import { flowingTime } from '../voice/flowing-time.ts';
import type { FlowingTime } from '../voice/flowing-time.ts';
import { puppetAgents } from '../voice/puppet-agents.ts';
import { WireClient } from '../wire-client.ts';
import type { WireEvent } from '../wire-client.ts';
import { ring } from './speaking-caller.ts';
import { messageWith, newCallSid, openHouse, soundMs, until } from './telephone-house.ts';
import type { LinkedCall, TelephoneHouse } from './telephone-house.ts';

const HOURS = 'We are open from Monday to Friday';
const LINK = 'LINK_TO_WEBRTC_CONVERSATION';
const otherToken = 'other-project-token';

const brief = { timeout: 60_000 };
/** Its agent greets. */
let house: TelephoneHouse;
/** Its agent waits until it is spoken to, and its time can be made to jump. */
let quietHouse: TelephoneHouse;
let time: FlowingTime;

beforeAll(async () => {
  time = flowingTime();
  const silence = { promptAfterSeconds: 0, maxPrompts: 0 };
  const other = { id: 'other', account: 'other', project: 'other', tokens: [hashToken(otherToken)] };
  [house, quietHouse] = await Promise.all([
    openHouse(),
    openHouse({ clock: time, timers: time, connectors: [other], agentVoice: { greeting: false, silence } }),
  ]);
});

afterAll(async () => {
  await Promise.all([house.close(), quietHouse.close()]);
  time.stop();
});

/** `agent: Hello.`, in the order of the journal; the caller's words and the agent's alone. */
function transcript(events: readonly WireEvent[]): string[] {
  const said = events.filter(({ type }) => /_(USER|AGENT)_MESSAGE$/.test(type));
  return said.map(({ type, payload }) => `${type.includes('USER') ? 'user' : 'agent'}: ${payload.text}`);
}

/** The caller presses 1, and hears the answer to the end. */
async function asksForHours(caller: LinkedCall): Promise<void> {
  await caller.press('1');
  await caller.agentSays(HOURS);
}

async function socketOfOtherProject(): Promise<WireClient> {
  const headers = { 'x-token': otherToken, 'x-host': 'localhost' };
  const answer = (await (await quietHouse.post('/api/v1/access-token', { headers })).json()) as {
    access_token: string;
  };
  const sessionId = await quietHouse.createSession(answer.access_token);
  return quietHouse.connect({ session_id: sessionId, access_token: answer.access_token });
}

describe('a messaging socket', () => {
  it.each(['access_token', 'auth_token'])('VOX-110 is opened with %s', async (name) => {
    const token = await house.accessToken();
    const sessionId = await house.createSession(token);
    const socket = await WireClient.open(house.socketUrl({ session_id: sessionId, [name]: token }));
    expect(await socket.next('SESSION_START')).toBeDefined();
    await socket.close();
  });

  it('VOX-111 of a fresh session begins with a frame that holds SESSION_START and nothing else', async () => {
    const { chat } = await house.linkedChat(newCallSid());
    const [frame = ''] = chat.frames;
    const first = JSON.parse(frame) as WireEvent;
    const [start, ...others] =
      first.type === 'EVENT_TYPE_EVENT_BATCH' ? (first.payload.events as WireEvent[]) : [first];
    expect(start).toMatchObject({
      type: 'EVENT_TYPE_SESSION_START',
      id: expect.stringMatching(/./),
      timestamp: expect.stringMatching(/./),
    });
    expect(others).toEqual([]);
  });

  it('VOX-112 that sends a link is told nothing; one without a name for the call is an error, and stays open', async () => {
    const { chat } = await house.linkedChat(newCallSid());
    await chat.settle();
    expect(chat.types).toEqual(['SESSION_START']);
    for (const payload of [{}, { call_sid: '' }, { call_sid: null }]) chat.send(LINK, payload);
    await chat.settle();
    expect(chat.types).toEqual(['SESSION_START', 'SYSTEM_MESSAGE', 'SYSTEM_MESSAGE', 'SYSTEM_MESSAGE']);
  });
});

describe('a link', () => {
  it('to a call of another session is refused although it was sent before SESSION_START came', async () => {
    const callSid = newCallSid();
    const { chat: first } = await quietHouse.linkedChat(callSid);
    await first.settle();
    const { client: second } = await quietHouse.chat();
    second.send(LINK, { call_sid: callSid });
    await second.next('SYSTEM_MESSAGE');
    expect(second.types).toEqual(['SESSION_START', 'SYSTEM_MESSAGE']);
  });
});

describe.concurrent('a call whose session', brief, () => {
  it('VOX-113 VOX-114 linked before is told as it happens: the agent joins unasked and greets once', async () => {
    const caller = await house.linkedCall();
    await caller.nextSound();
    await caller.agentSays("I'm Ada");
    await asksForHours(caller);
    caller.hangUp();
    await caller.chat.next('SESSION_END');
    expect(caller.chat.types.filter((type) => type !== 'POLY_AGENT_THINKING')).toEqual([
      'SESSION_START',
      'POLY_AGENT_JOINED',
      'POLY_AGENT_MESSAGE',
      'USER_MESSAGE',
      'POLY_AGENT_MESSAGE',
      'POLY_AGENT_LEFT',
      'SESSION_END',
    ]);
    for (const { metadata } of caller.chat.events.filter(({ type }) => type.endsWith('_MESSAGE'))) {
      expect(metadata?.custom).toMatchObject({ channel: 'voice' });
    }
  });

  it('VOX-113 VOX-114 links late is told everything from the beginning, in its order, and isn’t greeted again', async () => {
    const callSid = newCallSid();
    const caller = await house.call({ offer: { callSid } });
    await until(() => soundMs(caller.heard) > 2_000);
    await caller.press('1');
    await caller.nextSound();
    const { chat, messagingSessionId } = await house.linkedChat(callSid);
    await chat.next(messageWith('POLY_AGENT_MESSAGE', HOURS));
    await caller.press('1');
    await chat.next(messageWith('POLY_AGENT_MESSAGE', HOURS));
    caller.hangUp();
    await chat.next('SESSION_END');
    expect(chat.types.slice(0, 2)).toEqual(['SESSION_START', 'POLY_AGENT_JOINED']);
    expect(transcript(chat.events)).toEqual([
      expect.stringMatching(/^agent: Hello/),
      'user: 1',
      expect.stringContaining(HOURS),
      'user: 1',
      expect.stringContaining(HOURS),
    ]);
    const sequences = chat.journaled.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, place) => place + 1));
    expect((await house.ended(callSid)).sessionId).toBe(messagingSessionId);
  });

  it('VOX-113 VOX-119 links while the agent speaks, and ends before it pauses, is told everything as well', async () => {
    const callSid = newCallSid();
    const caller = await house.call({ offer: { callSid } });
    await until(() => soundMs(caller.heard) > 2_000);
    const { chat, messagingSessionId } = await house.linkedChat(callSid);
    await chat.settle();
    caller.hangUp();
    await chat.next('SESSION_END');
    expect(chat.types).toEqual([
      'SESSION_START',
      'POLY_AGENT_JOINED',
      'POLY_AGENT_MESSAGE',
      'POLY_AGENT_LEFT',
      'SESSION_END',
    ]);
    expect(transcript(chat.events)).toEqual([expect.stringMatching(/^agent: Hello/)]);
    expect((await house.ended(callSid)).sessionId).toBe(messagingSessionId);
  });

  it('links while the agent gets ready is greeted as any other, and keys pressed meanwhile are not lost', async () => {
    const ready = Promise.withResolvers<void>();
    const agents = puppetAgents({ settings: { greeting: true }, beforeOpen: () => ready.promise });
    const slow = await openHouse({ voiceAgents: agents });
    const callSid = newCallSid();
    const caller = await slow.call({ offer: { callSid } });
    await caller.press('1');
    const { chat, messagingSessionId } = await slow.linkedChat(callSid);
    await chat.settle();
    ready.resolve();
    await chat.next('POLY_AGENT_JOINED');
    const puppet = await agents.puppet(0);
    await until(() => puppet.digits.length > 0);
    expect(puppet.digits).toEqual(['1']);
    expect(puppet.host.session.info.id).toBe(messagingSessionId);
    expect(puppet.host.session.state.turn).toMatchObject({ kind: 'start' });
    await slow.close();
  });

  it('types is answered aloud', async () => {
    const caller = await quietHouse.linkedCall();
    const answer = caller.nextSound();
    caller.chat.send('USER_MESSAGE', { text: 'opening hours' });
    await caller.isUnderstood('opening hours');
    await answer;
    await caller.agentSays(HOURS);
  });

  it('VOX-116 loses its socket goes on', async () => {
    const { chat, ...caller } = await quietHouse.linkedCall();
    await chat.next('POLY_AGENT_JOINED');
    chat.drop();
    await chat.closed;
    const answer = caller.nextSound();
    await caller.press('1');
    await answer;
    caller.hangUp();
    expect((await quietHouse.ended(caller.callSid)).outcome).toBe('user_close');
  });

  it('ends by its user is closed', async () => {
    const caller = await quietHouse.linkedCall();
    caller.chat.send('USER_END_SESSION');
    await caller.line.next('close');
    expect((await caller.line.closed).code).toBe(1000);
    expect(await caller.chat.next('SESSION_END')).toMatchObject({ payload: { reason: 'REASON_USER_END' } });
    expect((await quietHouse.ended(caller.callSid)).outcome).toBe('user_close');
  });

  it('VOX-117 is of another project, or VOX-118 spells its name otherwise, or asks second, is another’s', async () => {
    const callSid = newCallSid();
    const stranger = await socketOfOtherProject();
    await stranger.next('SESSION_START');
    stranger.send(LINK, { call_sid: callSid });
    const { chat: misspelled } = await quietHouse.linkedChat(callSid.toUpperCase());
    const { chat } = await quietHouse.linkedChat(callSid);
    const { chat: second } = await quietHouse.linkedChat(callSid);
    expect(await second.next('SYSTEM_MESSAGE')).toMatchObject({ payload: { level: 'SYSTEM_MESSAGE_LEVEL_ERROR' } });
    const caller = await quietHouse.call({ offer: { callSid } });
    await caller.press('1');
    await chat.next(messageWith('POLY_AGENT_MESSAGE', HOURS));
    const { chat: late } = await quietHouse.linkedChat(callSid);
    await late.next('SYSTEM_MESSAGE');
    caller.hangUp();
    await chat.next('SESSION_END');
    for (const other of [stranger, misspelled, second, late]) await other.settle();
    expect([stranger.types, misspelled.types]).toEqual([['SESSION_START'], ['SESSION_START']]);
    expect([second.types, late.types]).toEqual(Array(2).fill(['SESSION_START', 'SYSTEM_MESSAGE']));
  });

  it('has linked another call since has only that one', async () => {
    const [former, latter] = [newCallSid(), newCallSid()];
    const { chat } = await quietHouse.linkedChat(former);
    chat.send(LINK, { call_sid: latter });
    await chat.settle();
    const first = await quietHouse.call({ offer: { callSid: former } });
    const second = await quietHouse.call({ offer: { callSid: latter } });
    await chat.next('POLY_AGENT_JOINED');
    first.hangUp();
    const record = await quietHouse.ended(former);
    await second.press('1');
    await chat.next(messageWith('POLY_AGENT_MESSAGE', HOURS));
    second.hangUp();
    const { sessionId } = await quietHouse.ended(latter);
    expect(record.sessionId).not.toBe(sessionId);
    await chat.next('SESSION_END');
    expect(transcript(chat.events)).toHaveLength(2);
  });

  it('VOX-119 is hung up is told who ended it', async () => {
    const caller = await quietHouse.linkedCall();
    await caller.chat.next('POLY_AGENT_JOINED');
    caller.hangUp();
    expect((await caller.chat.next('SESSION_END')).payload).toEqual({ reason: 'REASON_USER_END' });
    expect(caller.chat.types.slice(-2)).toEqual(['POLY_AGENT_LEFT', 'SESSION_END']);
  });
});

describe('while time goes by, a call', brief, () => {
  it('VOX-119 whose caller never comes ends as abandoned', async () => {
    const callSid = newCallSid();
    const { chat } = await quietHouse.linkedChat(callSid);
    const { line, native } = await ring(quietHouse.url, { offer: { callSid } });
    await chat.next('POLY_AGENT_JOINED');
    const ended = chat.next('SESSION_END');
    while (!chat.types.includes('SESSION_END')) {
      time.skip(10_000);
      await Promise.all([line.ping(), chat.ping()]);
    }
    expect((await ended).payload).toEqual({ reason: 'REASON_USER_ABANDONED' });
    expect(chat.types.slice(-2)).toEqual(['POLY_AGENT_LEFT', 'SESSION_END']);
    expect((await quietHouse.ended(callSid)).outcome).toBe('setup_timeout');
    native.close();
    await line.closed;
  });

  it('VOX-115 without a frame on its messaging socket for eleven minutes goes on; a session without a call ends', async () => {
    const caller = await quietHouse.linkedCall();
    const { client: idle } = await quietHouse.chat();
    await caller.chat.next('POLY_AGENT_JOINED');
    const isOver = idle.closed.then(() => true);
    for (let passedMs = 0; passedMs < 11 * 60_000; passedMs += 15_000) {
      time.skip(15_000);
      await Promise.all([caller.line.ping(), caller.chat.ping(), Promise.race([idle.ping(), isOver])]);
    }
    expect(await isOver).toBe(true);
    expect(idle.types.at(-1)).toBe('SESSION_END');
    await asksForHours(caller);
    caller.hangUp();
    expect((await caller.chat.next('SESSION_END')).payload).toEqual({ reason: 'REASON_USER_END' });
  });
});

import { systemError, systemTexts } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { agentMessage, chunk } from '../test/events.ts';
import { settled } from '../test/fake-time.ts';
import { pending, shown, visit } from '../test/visitor.ts';
import type { ParleySnapshot } from './snapshot.ts';

describe('beginning', () => {
  it('gets a session, connects, and asks the agent to join once', async () => {
    const { gateway, client } = await visit();
    expect(client.snapshot()).toMatchObject({ status: 'active', connection: { at: 'open' }, agent: { name: 'Ada' } });
    expect(gateway.received.map((frame) => frame.event.type)).toEqual(['request-poly-agent-join']);
    expect(gateway.handshakeUrls[0]).not.toContain('cursor');
  });

  it('a refused connector is told, and a retry asks again', async () => {
    const { gateway, client } = await visit({ start: false });
    gateway.faults.rest = { status: 401, text: 'Failed to validate connector' };
    client.start();
    await settled();
    expect(client.snapshot().connection).toMatchObject({
      at: 'gave-up',
      failure: { message: 'Failed to validate connector' },
    });
    delete gateway.faults.rest;
    client.retryConnection();
    await settled();
    expect(client.snapshot().status).toBe('active');
  });

  it('a server that is down is tried again after a second', async () => {
    const { gateway, time, client } = await visit({ start: false });
    gateway.faults.down = true;
    client.start();
    await settled();
    expect(client.snapshot().connection).toMatchObject({ at: 'waiting', untilMs: time.nowMs() + 1_000 });
    gateway.faults.down = false;
    await time.advance(1_000);
    expect(client.snapshot().status).toBe('active');
  });

  it('asks again for an agent when the server says that nobody is there, but not for ever', async () => {
    const { gateway } = await visit({ start: false }).then(async (visitor) => {
      visitor.gateway.agentJoins = false;
      visitor.client.start();
      await settled();
      return visitor;
    });
    for (let time = 0; time < 10; time += 1) gateway.tell(systemError(systemTexts.conversationNotFound));
    await settled();
    expect(gateway.received.filter((frame) => frame.event.type === 'request-poly-agent-join')).toHaveLength(4);
  });
});

describe('talking', () => {
  it('a message is pending until its echo, under one key', async () => {
    const { client } = await visit();
    expect(client.sendText('  Hello  ')).toBe(true);
    expect(pending(client)).toEqual(['Hello: sending']);
    const key = client.snapshot().pending[0]?.localId;
    await settled();
    expect(pending(client)).toEqual([]);
    expect(client.snapshot().timeline.items.at(-1)).toMatchObject({ kind: 'user-message', text: 'Hello', key });
  });

  it('a blank message is none', async () => {
    const { client } = await visit();
    expect(client.sendText(' \n ')).toBe(false);
    expect(pending(client)).toEqual([]);
  });

  it('resends the identical frame while the echo is missing, and fails in the end', async () => {
    const { gateway, time, client } = await visit();
    gateway.faults.mute = true;
    client.sendText('Hello');
    await time.advance(21_000);
    const sent = gateway.frames.filter((frame) => frame.includes('Hello'));
    expect(sent).toHaveLength(4);
    expect(new Set(sent).size).toBe(1);
    await time.advance(14_000);
    expect(pending(client)).toEqual(['Hello: failed']);
    gateway.faults.mute = false;
    client.retryMessage('L1');
    expect(pending(client)).toEqual(['Hello: sending']);
    await time.advance(10_000);
    expect(pending(client)).toEqual([]);
    expect(gateway.session.journal.filter((entry) => entry.event.type === 'user-message')).toHaveLength(1);
  });

  it('a message over the size limit fails without being sent', async () => {
    const { gateway, client } = await visit();
    client.sendText('ü'.repeat(70_000));
    await settled();
    expect(client.snapshot().pending[0]).toMatchObject({ state: 'failed', problem: 'too-large' });
    expect(gateway.received).toHaveLength(1);
  });

  it('a message that the server refuses fails at once, and no error stands beside it', async () => {
    const { gateway, client } = await visit();
    gateway.faults.deaf = true;
    client.sendText('Hello');
    await settled();
    gateway.tell(systemError(systemTexts.tooLarge), { client_event_id: 'L1' });
    expect(pending(client)).toEqual(['Hello: failed']);
    expect(shown(client)).toEqual(['poly-agent-joined']);
  });

  it('typing is told while connected', async () => {
    const { gateway, client } = await visit();
    client.sendTyping();
    client.sendText('Hello');
    await settled();
    const types = gateway.received.slice(1).map(({ event }) => ('state' in event ? event.state : event.type));
    expect(types).toEqual(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED', 'user-message']);
  });

  it('thinking dots pass by themselves', async () => {
    const { gateway, time, client } = await visit();
    gateway.tell({ type: 'poly-agent-thinking' });
    expect(client.snapshot().activity?.kind).toBe('thinking');
    await time.advance(10_000);
    expect(client.snapshot().activity).toBeUndefined();
  });

  it('a snapshot never changes after it was given', async () => {
    const { gateway, client } = await visit();
    const snapshots: ParleySnapshot[] = [];
    client.subscribe((snapshot) => snapshots.push(snapshot));
    gateway.publish(chunk('m1', 1, 'One '));
    const before = structuredClone(snapshots[0]);
    gateway.publish(chunk('m1', 2, 'two', true));
    expect(snapshots).toHaveLength(2);
    expect(snapshots[0]).toEqual(before);
  });

  it('frames that are none are ignored', async () => {
    const { gateway, client } = await visit();
    for (const text of ['', '{', '[]', '{"type":"EVENT_TYPE_NOPE"}']) gateway.sendRaw(text);
    expect(client.snapshot().connection.at).toBe('open');
    expect(shown(client)).toEqual(['poly-agent-joined']);
  });
});

describe('losing the connection', () => {
  it('comes back with the cursor and misses nothing', async () => {
    const { gateway, time, client } = await visit();
    gateway.drop(1006);
    expect(client.snapshot().connection).toMatchObject({ at: 'waiting', attempt: 1 });
    gateway.publish(agentMessage('m1', 'While you were away'));
    await time.advance(1_000);
    expect(gateway.handshakeUrls[1]).toContain('cursor=3');
    expect(shown(client)).toEqual(['poly-agent-joined', 'While you were away']);
    expect(gateway.received.filter((frame) => frame.event.type === 'request-poly-agent-join')).toHaveLength(1);
  });

  it('a message typed while offline goes out after the replay', async () => {
    const { gateway, time, client } = await visit();
    gateway.drop(1006);
    client.sendText('Are you there?');
    expect(pending(client)).toEqual(['Are you there?: waiting']);
    await time.advance(1_000);
    expect(pending(client)).toEqual([]);
    expect(shown(client)).toContain('Are you there?');
  });

  it('an echo that was lost with the socket is found in the replay', async () => {
    const { gateway, time, client } = await visit();
    gateway.faults.mute = true;
    client.sendText('Hello');
    await settled();
    gateway.drop(1006);
    gateway.faults.mute = false;
    await time.advance(1_000);
    expect(pending(client)).toEqual([]);
    expect(gateway.received.filter((frame) => frame.event.type === 'user-message')).toHaveLength(1);
  });

  it('nobody is thinking on a lost connection', async () => {
    const { gateway, client } = await visit();
    gateway.tell({ type: 'poly-agent-thinking' });
    gateway.drop(1006);
    expect(client.snapshot().activity).toBeUndefined();
  });

  it('a dead socket is found by its silence', async () => {
    const { gateway, time, client } = await visit();
    gateway.faults.deaf = true;
    await time.advance(40_000);
    expect(client.snapshot().connection.at).toBe('waiting');
    gateway.faults.deaf = false;
    await time.advance(1_000);
    expect(client.snapshot().connection.at).toBe('open');
  });

  it('a changed network is checked at once', async () => {
    const { gateway, time, client } = await visit();
    gateway.faults.deaf = true;
    client.checkConnection();
    await time.advance(4_000);
    expect(client.snapshot().connection.at).toBe('waiting');
  });

  it("gives up after the server's number of attempts, and a retry brings it back", async () => {
    const { gateway, time, client } = await visit();
    gateway.faults.down = true;
    gateway.drop(1006);
    await time.advance(120_000);
    expect(client.snapshot().connection).toEqual({ at: 'gave-up', goal: 'socket' });
    expect(gateway.handshakeUrls).toHaveLength(1 + 5);
    gateway.faults.down = false;
    client.retryConnection();
    await settled();
    expect(client.snapshot().connection.at).toBe('open');
  });
});

describe('losing the session', () => {
  it('begins a new one, says so, and keeps what was not delivered', async () => {
    const { gateway, time, client } = await visit();
    gateway.publish(agentMessage('m1', 'Old news'));
    gateway.drop(1006);
    client.sendText('Still there?');
    gateway.expireSessions();
    await time.advance(10_000);
    expect(client.snapshot()).toMatchObject({ status: 'active', lostSession: true });
    expect(shown(client)).toEqual(['poly-agent-joined']);
    expect(pending(client)).toEqual(['Still there?: failed']);
    client.retryMessage('L1');
    await settled();
    expect(shown(client)).toEqual(['poly-agent-joined', 'Still there?']);
  });

  it('close code 4001 means the same', async () => {
    const { gateway, time, client } = await visit();
    await time.advance(6_000);
    gateway.drop(4001);
    await settled();
    expect(gateway.sessions.size).toBe(2);
    expect(client.snapshot()).toMatchObject({ status: 'active', lostSession: true });
  });
});

describe('reloading the page', () => {
  it('finds the conversation again', async () => {
    const { gateway, client, reload } = await visit();
    client.sendText('Hello');
    gateway.publish(agentMessage('m1', 'Hi'));
    await settled();
    client.close();
    const next = reload();
    next.start();
    await settled();
    expect(gateway.sessions.size).toBe(1);
    expect(shown(next)).toEqual(shown(client));
  });

  it('after the end it shows the conversation and its end', async () => {
    const { gateway, client, reload } = await visit();
    client.end();
    await settled();
    const next = reload();
    next.start();
    await settled();
    expect(next.snapshot()).toMatchObject({ status: 'ended', timeline: { end: 'REASON_USER_END' } });
    expect(gateway.sessions.size).toBe(1);
  });
});

describe('ending', () => {
  it('the user ends it: nothing can be sent any more, and nothing is left running', async () => {
    const { time, client } = await visit();
    client.end();
    await settled();
    expect(client.snapshot()).toMatchObject({
      status: 'ended',
      connection: { at: 'ended' },
      timeline: { end: 'REASON_USER_END' },
    });
    expect(client.sendText('One more thing')).toBe(false);
    expect(time.waiting).toBe(0);
  });

  it('an end asked for while offline is told on the next socket', async () => {
    const { gateway, time, client } = await visit();
    gateway.drop(1006);
    client.end();
    await time.advance(1_000);
    expect(client.snapshot().status).toBe('ended');
  });

  it('1000 without a word is an end too; what was under way has failed', async () => {
    const { gateway, client } = await visit();
    gateway.faults.deaf = true;
    client.sendText('Hello');
    gateway.drop(1000);
    expect(client.snapshot().status).toBe('ended');
    expect(pending(client)).toEqual(['Hello: failed']);
  });

  it('starting over ends the old session and shows none of it', async () => {
    const { gateway, client } = await visit();
    const old = gateway.session;
    client.sendText('Hello');
    client.startOver();
    await settled();
    expect(gateway.sessions.size).toBe(2);
    expect(old.journal.map((entry) => entry.event.type)).not.toContain('live-agent-joined');
    expect(client.snapshot()).toMatchObject({ status: 'active', lostSession: false, pending: [] });
    expect(shown(client)).toEqual(['poly-agent-joined']);
  });

  it('closing lets go of everything', async () => {
    const { time, client } = await visit();
    client.close();
    await settled();
    expect(time.waiting).toBe(0);
  });
});

describe('a voice call', () => {
  it('is linked at once, and again on every new socket', async () => {
    const { gateway, time, client } = await visit();
    const callSid = client.linkCall();
    await settled();
    gateway.drop(1006);
    await time.advance(1_000);
    const links = gateway.received.map(({ event }) => event).filter(({ type }) => type.startsWith('link'));
    const link = { type: 'link-to-webrtc-conversation', callSid };
    expect(links).toEqual([link, link]);
    expect(client.linkCall()).toBe(callSid);
  });

  it('is linked as soon as there is a conversation, and to no other one after it', async () => {
    const { gateway, client } = await visit({ start: false });
    const callSid = client.linkCall();
    client.start();
    await settled();
    expect(gateway.received.map(({ event }) => event.type)).toContain('link-to-webrtc-conversation');
    gateway.received.length = 0;
    client.startOver();
    await settled();
    expect(gateway.received.map(({ event }) => event.type)).not.toContain('link-to-webrtc-conversation');
    expect(client.linkCall()).not.toBe(callSid);
  });
});

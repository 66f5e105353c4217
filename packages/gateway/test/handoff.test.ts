// Hand-offs on the wire, with a human at a desk in memory.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryDesk } from '../src/handoff/index.ts';
import type { DeskCase } from '../src/handoff/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import type { WireClient } from './wire-client.ts';

const desk = createMemoryDesk();
let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({ desk });
});

afterAll(() => parley.gateway.close());

/** A user who has asked for a human, and waits. */
async function waiting(): Promise<{ client: WireClient; opened: DeskCase }> {
  const { client, sessionId } = await parley.chat({ streaming_enabled: true });
  client.send('REQUEST_POLY_AGENT_JOIN');
  client.send('USER_MESSAGE', { text: 'a human, please' });
  await client.next('HANDOFF_QUEUE_STATUS');
  const opened = desk.caseOf(sessionId);
  if (!opened) throw new Error('the desk has no case');
  return { client, opened };
}

async function live(): Promise<{ client: WireClient; opened: DeskCase }> {
  const { client, opened } = await waiting();
  opened.join({ id: 'h1', name: 'Grace' });
  await client.next('LIVE_AGENT_JOINED');
  return { client, opened };
}

describe('a user who asks for a human', () => {
  it('MSG-087 MSG-090 MSG-091 MSG-092 is told each step, talks, and is let go', async () => {
    const { client, opened } = await live();
    opened.type('TYPING_STATE_STARTED');
    opened.type('TYPING_STATE_STOPPED');
    opened.say('Hello, Grace here.');
    const said = await client.next('LIVE_AGENT_MESSAGE');
    expect(said.payload).toMatchObject({
      message_id: expect.stringMatching(/./),
      agent_id: 'h1',
      text: 'Hello, Grace here.',
      attachments: [],
      response_suggestions: [],
    });
    opened.leave();
    expect((await client.next('SESSION_END')).payload).toEqual({ reason: 'REASON_NATURAL_END' });
    expect((await client.closed).code).toBe(1000);
    expect(client.types.slice(client.types.indexOf('POLY_AGENT_TRIGGERED_HANDOFF'))).toEqual([
      'POLY_AGENT_TRIGGERED_HANDOFF',
      'POLY_AGENT_LEFT',
      'HANDOFF_ACCEPTED',
      'HANDOFF_QUEUE_STATUS',
      'LIVE_AGENT_JOINED',
      'LIVE_AGENT_TYPING',
      'LIVE_AGENT_TYPING',
      'LIVE_AGENT_MESSAGE',
      'LIVE_AGENT_LEFT',
      'SESSION_END',
    ]);
    const typing = client.events.filter(({ type }) => type === 'EVENT_TYPE_LIVE_AGENT_TYPING');
    expect(typing.map(({ sequence, payload }) => [sequence, payload.state as string])).toEqual([
      [null, 'TYPING_STATE_STARTED'],
      [null, 'TYPING_STATE_STOPPED'],
    ]);
    const joined = client.events.find(({ type }) => type === 'EVENT_TYPE_LIVE_AGENT_JOINED');
    expect(joined?.payload.agent).toMatchObject({ id: 'h1', name: 'Grace' });
  });

  it('MSG-088 is heard by the human, not by the agent, from the queue on', async () => {
    const { client, opened } = await waiting();
    client.send('USER_MESSAGE', { text: 'still here' }, { local_id: 'L1' });
    const echo = await client.next('USER_MESSAGE');
    expect(echo.payload.message_id).toMatch(/./);
    opened.join({ id: 'h1', name: 'Grace' });
    client.send('USER_MESSAGE', { text: 'and now?' });
    await client.next('USER_MESSAGE');
    await client.settle();
    expect(opened.received.map(({ text }) => text)).toEqual(['still here', 'and now?']);
    expect(opened.received[0]?.messageId).toBe(echo.payload.message_id);
    const after = client.types.slice(client.types.indexOf('POLY_AGENT_LEFT'));
    expect(after.filter((type) => type.startsWith('POLY_AGENT'))).toEqual(['POLY_AGENT_LEFT']);
    await client.close();
  });

  it('MSG-089 is seen typing by the human, both when it starts and when it stops, and hears nothing of it', async () => {
    const { client, opened } = await live();
    const before = client.events.length;
    client.send('USER_TYPING', { state: 'TYPING_STATE_STARTED' });
    client.send('USER_TYPING', { state: 'TYPING_STATE_STOPPED' });
    await client.settle();
    expect(opened.typing).toEqual(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED']);
    expect(client.events).toHaveLength(before + 1);
    await client.close();
  });

  it('MSG-056 is connected once, however often the agent is asked for', async () => {
    const { client } = await live();
    client.send('REQUEST_POLY_AGENT_JOIN');
    expect((await client.next('REQUEST_POLY_AGENT_JOIN')).sequence).toBeNull();
    await client.settle();
    expect(client.types.filter((type) => type === 'POLY_AGENT_JOINED')).toHaveLength(1);
    await client.close();
  });

  it('MSG-094 has its agent back when nobody can be had, without another greeting', async () => {
    const { client, opened } = await waiting();
    opened.fail();
    await client.next('HANDOFF_FAILED');
    expect((await client.next('SYSTEM_MESSAGE')).payload).toEqual({
      message: 'Sorry, we could not connect you to an agent. Please try again.',
      level: 'SYSTEM_MESSAGE_LEVEL_ERROR',
    });
    client.send('USER_MESSAGE', { text: 'so be it' });
    await client.next('USER_MESSAGE');
    await client.next('POLY_AGENT_JOINED');
    const answer = await client.next('POLY_AGENT_MESSAGE_CHUNK');
    expect(answer.payload.text).toMatch(/^You wrote:/);
    await client.close();
  });

  it('MSG-093 is sent elsewhere when the client takes over, and the session stays open', async () => {
    const { client } = await parley.chat();
    client.send('REQUEST_POLY_AGENT_JOIN');
    client.send('USER_MESSAGE', { text: 'somebody outside' });
    const required = await client.next('CLIENT_HANDOFF_REQUIRED');
    expect(required.payload).toMatchObject({ reason: 'COMPLEX_QUERY', queue_name: 'Support Queue' });
    await client.next('POLY_AGENT_LEFT');
    client.send('USER_MESSAGE', { text: 'back again' });
    await client.next('POLY_AGENT_JOINED');
    expect((await client.next('POLY_AGENT_MESSAGE')).payload.text).toBe('You wrote: back again');
    expect(client.types).not.toContain('HANDOFF_ACCEPTED');
    const steps = client.types.filter((type) => /HANDOFF|LEFT/.test(type));
    expect(steps).toEqual(['POLY_AGENT_TRIGGERED_HANDOFF', 'CLIENT_HANDOFF_REQUIRED', 'POLY_AGENT_LEFT']);
    await client.close();
  });
});

import { describe, expect, it } from 'vitest';
import { FloodGate } from './flood-gate.ts';
import { conversation, settle } from './test/messaging-house.ts';

describe('a client that sends too much', () => {
  const limited = { settings: { eventsPerSecond: 2 } };

  it('may burst to five times the rate; beyond that events are dropped, with one warning a second', async () => {
    const { house, client } = await conversation(1, limited);
    for (let count = 0; count < 30; count++) client.send({ type: 'user-message', text: `${count}` });
    await settle();
    const echoes = client.socket.events.filter(({ event }) => event.type === 'user-message');
    expect(echoes).toHaveLength(10);
    const warning = '~ Our system is experiencing high load. Please try again in a moment.';
    expect(client.socket.lines.filter((line) => line === warning)).toHaveLength(1);
    house.time.advance(999);
    client.socket.frames.length = 0;
    for (let count = 0; count < 5; count++) client.send({ type: 'user-message', text: 'again' });
    await settle();
    expect(client.socket.lines).toEqual(['14 user-message']);
    house.time.advance(1);
    for (let count = 0; count < 2; count++) client.send({ type: 'user-message', text: 'again' });
    await settle();
    expect(client.socket.lines.slice(1)).toEqual(['15 user-message', warning]);
    expect(client.socket.closedWith).toBeNull();
  });

  it('is told which message was dropped, as a warning', async () => {
    const { client } = await conversation(1, limited);
    for (let count = 0; count < 11; count++)
      client.send({ type: 'user-message', text: 'x' }, { local_id: `L${count}` });
    await settle();
    expect(client.socket.events.slice(10)).toMatchObject([
      { event: { level: 'SYSTEM_MESSAGE_LEVEL_WARNING' }, custom: { local_id: 'L10' } },
    ]);
  });

  it('has the typing dropped in silence', async () => {
    const { client } = await conversation(1, limited);
    for (let count = 0; count < 30; count++) client.send({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
    expect(client.socket.lines).toEqual([]);
  });

  it('has the typing dropped first: however much there was, messages still pass', async () => {
    const { client } = await conversation(1, limited);
    for (let count = 0; count < 300; count++) client.send({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
    for (let count = 0; count < 5; count++) client.send({ type: 'user-message', text: `${count}` });
    await settle();
    expect(client.socket.lines).toEqual(Array.from({ length: 5 }, (_, index) => `${4 + index} user-message`));
  });

  it('may always send heartbeats, repeats of what is kept, and the end', async () => {
    const { client } = await conversation(1, limited);
    for (let count = 0; count < 10; count++)
      client.send({ type: 'user-message', text: 'Hi.' }, { local_id: `L${count}` });
    await settle();
    client.socket.frames.length = 0;
    for (let count = 0; count < 20; count++) client.send({ type: 'user-message', text: 'Hi.' }, { local_id: 'L3' });
    client.send({ type: 'heartbeat' });
    client.send({ type: 'user-end-session' });
    await settle();
    const again = Array<string>(20).fill('7 user-message');
    expect(client.socket.lines).toEqual([...again, '~ heartbeat', '14 user-end-session', '15 session-end']);
  });

  it('shares its limit with the other sockets of its session', async () => {
    const { clients, session } = await conversation(2, limited);
    for (let count = 0; count < 20; count++) clients[count % 2]?.send({ type: 'user-message', text: 'x' });
    expect(session.state.sequence).toBe(3 + 10);
  });

  it('is not answered without end when its frames are no good', async () => {
    const { client } = await conversation(1, limited);
    for (let count = 0; count < 100; count++) client.sendText('garbage');
    expect(client.socket.frames).toHaveLength(11);
  });
});

describe('the gate', () => {
  it('loses nothing when the clock is set back', () => {
    let nowMs = 1_000_000;
    const gate = new FloodGate(2, { nowMs: () => nowMs });
    for (let count = 0; count < 5; count++) gate.pass();
    nowMs -= 3_600_000;
    expect(gate.pass()).toBe(true);
    for (let count = 0; count < 10; count++) gate.pass();
    nowMs += 1_000;
    expect([gate.pass(), gate.pass(), gate.pass()]).toEqual([true, true, false]);
  });

  it('lets typing through at its rate as long as half of the burst is there', () => {
    let nowMs = 0;
    const gate = new FloodGate(2, { nowMs: () => nowMs });
    const typed = (): number => Array.from({ length: 100 }, () => gate.passTyping()).filter(Boolean).length;
    expect(typed()).toBe(5);
    nowMs += 1_000;
    expect(typed()).toBe(2);
    expect(Array.from({ length: 6 }, () => gate.pass())).toEqual([true, true, true, true, true, false]);
    nowMs += 1_000;
    expect(typed()).toBe(0);
  });

  it('lets everything through where there is no limit', () => {
    const gate = new FloodGate(0, { nowMs: () => 0 });
    expect(Array.from({ length: 1000 }, () => gate.pass() && gate.passTyping())).not.toContain(false);
  });
});

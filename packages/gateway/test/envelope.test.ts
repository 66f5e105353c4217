// The envelope around every event.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import type { WireEvent } from './wire-client.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

/** A conversation with events of many kinds. */
async function everything(): Promise<WireEvent[]> {
  const { client } = await parley.chat({ streaming_enabled: true });
  client.send('REQUEST_POLY_AGENT_JOIN');
  const isDone = ({ type, payload }: WireEvent): boolean => type.endsWith('CHUNK') && payload.is_complete;
  await client.next(isDone);
  for (const text of ['locations', 'French, please', 'a long story']) {
    client.send('USER_MESSAGE', { text }, { local_id: text });
    await client.next(isDone);
  }
  client.send('NOPE');
  client.send('HEARTBEAT');
  client.send('USER_MESSAGE', { text: 'goodbye' });
  await client.closed;
  expect(client.binaryFrames).toBe(0);
  return client.events;
}

describe('every event', () => {
  it('MSG-047 MSG-048 MSG-049 MSG-053 is wrapped as the protocol says', async () => {
    const events = await everything();
    for (const event of events) {
      expect(event).toEqual({
        id: expect.stringMatching(/./),
        sequence: event.sequence === null ? null : expect.any(Number),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/),
        type: expect.stringMatching(/^EVENT_TYPE_[A-Z_]+$/),
        payload: expect.any(Object),
        ...(event.metadata && { metadata: { custom: expect.any(Object) } }),
      });
    }
    const journaled = events.filter(({ sequence }) => sequence !== null);
    expect(journaled.map(({ sequence }) => sequence)).toEqual(journaled.map((_, index) => index + 1));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThanOrEqual(9);
  });

  it('MSG-051 carries the custom data of the client’s event as it came, and none when there was none', async () => {
    const { client } = await parley.chat();
    const custom = { local_id: 'L1', other: 'second', 'third key': '✓', nested: { kept: [1, null] } };
    client.send('USER_MESSAGE', { text: 'one' }, custom);
    expect((await client.next('USER_MESSAGE')).metadata).toEqual({ custom });
    client.send('USER_MESSAGE', { text: 'two' });
    expect(await client.next('USER_MESSAGE')).not.toHaveProperty('metadata');
    await client.close();
  });

  it('MSG-052 has the server’s id, sequence and time, whatever the client says', async () => {
    const { client } = await parley.chat();
    const frame = { type: 'EVENT_TYPE_USER_MESSAGE', payload: { text: 'one' } };
    client.sendRaw(JSON.stringify({ ...frame, id: 'mine', sequence: 99, timestamp: '2001-01-01T00:00:00Z' }));
    const echo = await client.next('USER_MESSAGE');
    expect(echo.id).not.toBe('mine');
    expect(echo.sequence).toBe(2);
    expect(echo.timestamp).not.toMatch(/^2001/);
    await client.close();
  });
});

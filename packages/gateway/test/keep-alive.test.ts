// Sockets whose other end is gone, or hangs.
import { describe, expect, it } from 'vitest';
import { FakeTime } from '../src/kit/index.ts';
import { startGateway } from './driver.ts';
import { WireClient } from './wire-client.ts';

describe('a socket', () => {
  it('is pinged, and dropped when two pings went unanswered; its session lives on', async () => {
    const time = new FakeTime(Date.now());
    const parley = await startGateway({ clock: time, timers: time });
    const { client, sessionId, token } = await parley.chat();
    const url = parley.socketUrl({ session_id: sessionId, access_token: token });
    const dead = await WireClient.open(url, {}, { autoPong: false });
    await dead.next('SESSION_START');
    for (let round = 1; round <= 2; round += 1) {
      time.advance(25_000);
      await client.settle();
      await dead.settle();
      expect([client.pings, dead.pings]).toEqual([round, round]);
    }
    time.advance(25_000);
    expect((await dead.closed).code).toBe(1006);
    await client.settle();
    expect(client.pings).toBe(3);
    await parley.gateway.close();
  });
});

describe('a client that reads too slowly', () => {
  it('is sent away with 1013, and finds everything when it comes back', async () => {
    const parley = await startGateway({ limits: { eventsPerSecondPerSession: 0 } });
    const { client, sessionId, token } = await parley.chat();
    const query = { session_id: sessionId, access_token: token };
    const slow = await parley.connect(query);
    await slow.next('SESSION_START');
    slow.pause();
    const text = 'x'.repeat(100_000);
    for (let index = 0; index < 150; index += 1) {
      client.send('USER_MESSAGE', { text });
      await client.next('USER_MESSAGE');
    }
    slow.resume();
    expect((await slow.closed).code).toBe(1013);
    const again = await parley.connect({ ...query, cursor: String(slow.journaled.length) });
    await again.next(({ sequence }) => sequence === 151);
    const seen = [...slow.journaled, ...again.journaled].map(({ sequence }) => sequence);
    expect(seen).toEqual(Array.from({ length: 151 }, (_, index) => index + 1));
    await parley.gateway.close();
  });
});

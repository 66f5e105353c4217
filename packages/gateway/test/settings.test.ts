// Settings whose effect shows outside: what clients are told, how many of them there may be, what is forgotten when.
import { expect, it } from 'vitest';
import { FakeTime } from '../src/kit/index.ts';
import { createMemoryStore } from '../src/store/index.ts';
import { startGateway } from './driver.ts';
import { refusedHandshake } from './wire-client.ts';

const DAY_MS = 86_400_000;

it('MSG-035 clients are told the settings of their session', async () => {
  const sessions = { heartbeatIntervalSeconds: 17, maxReconnectAttempts: 3, maxMessageBytes: 2048 };
  const parley = await startGateway({ sessions });
  const { client } = await parley.chat();
  expect((await client.next('SESSION_START')).payload.capabilities).toEqual({
    streaming: false,
    heartbeat_interval_seconds: 17,
    max_reconnect_attempts: 3,
    max_message_size_bytes: 2048,
  });
  await parley.gateway.close();
});

it('MSG-029 a session has as many sockets as the configuration allows', async () => {
  const parley = await startGateway({ sessions: { maxConnections: 2 } });
  const { token: access_token, sessionId: session_id } = await parley.chat();
  await parley.connect({ session_id, access_token });
  expect((await refusedHandshake(parley.socketUrl({ session_id, access_token }))).status).toBe(429);
  await parley.gateway.close();
});

it('what ended more days ago than it is kept is forgotten', async () => {
  const forgotten: number[] = [];
  const store = {
    ...createMemoryStore(),
    async purge({ endedBeforeMs }: { endedBeforeMs: number }) {
      forgotten.push(endedBeforeMs);
      return 0;
    },
  };
  const time = new FakeTime(100 * DAY_MS);
  const parley = await startGateway({ store, clock: time, timers: time, database: { retentionDays: 7 } });
  await parley.gateway.close();
  expect(forgotten).toEqual([93 * DAY_MS]);
});

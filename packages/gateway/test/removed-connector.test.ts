// A connector that is removed from the database, as the command line does it, while people chat through it.
import { expect, it } from 'vitest';
import { hashToken } from '../src/identity/index.ts';
import { FakeTime } from '../src/kit/index.ts';
import { createMemoryStore } from '../src/store/index.ts';
import { startGateway } from './driver.ts';

it('whoever chats through it is told so, and the agent answers no more', async () => {
  const time = new FakeTime();
  const store = createMemoryStore();
  await store.save({
    id: 'shop',
    tokens: [hashToken('shop-token')],
    webrtcTokens: [],
    apiKeys: [],
    account: 'acme',
    project: 'shop',
    hosts: [{ kind: 'domain', value: 'shop.example' }],
    checkOrigin: false,
    agent: 'demo',
    maxConcurrentCalls: 1,
  });
  const house = await startGateway({ clock: time, timers: time, store });
  const headers = { 'x-token': 'shop-token', 'x-host': 'shop.example' };
  const answer = await house.post('/api/v1/access-token', { headers });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const client = await house.connect({ session_id: await house.createSession(token), access_token: token });
  client.send('REQUEST_POLY_AGENT_JOIN');
  await client.next('POLY_AGENT_MESSAGE');

  await store.remove('shop');
  for (let second = 0; second < 3; second++) {
    time.advance(1_000);
    await client.settle();
  }
  const kept = client.journaled.length;
  client.send('USER_MESSAGE', { text: 'Anybody?' }, { local_id: 'L1' });
  expect(await client.next('SYSTEM_MESSAGE')).toMatchObject({
    sequence: null,
    payload: { message: 'Error: Connector not found', level: 'SYSTEM_MESSAGE_LEVEL_ERROR' },
    metadata: { custom: { local_id: 'L1' } },
  });
  await client.settle();
  expect(client.journaled).toHaveLength(kept);
  await house.gateway.close();
});

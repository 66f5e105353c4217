// Base URLs that end in a slash, which SDKs put their paths behind as they are (messaging spec, section 0.3).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoHeaders, startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { SignalingClient } from './voice/signaling-client.ts';
import { WireClient } from './wire-client.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

it('REST answers behind a base with a slash at its end, to pages too', async () => {
  const origin = 'http://localhost';
  const given = await parley.post('/api/v1//access-token', { headers: { ...demoHeaders, origin } });
  const { access_token: token } = (await given.json()) as { access_token: string };
  expect([given.status, given.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  const created = await parley.post('//api/v1//sessions', { headers: { authorization: `Bearer ${token}` } });
  expect(created.status).toBe(200);
  const servers = await fetch(`${parley.url}/api/v1//ice-servers?token=parley-demo-webrtc-token`);
  expect([servers.status, servers.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

it('so do the sockets of messaging and of voice', async () => {
  const access_token = await parley.accessToken();
  const session_id = await parley.createSession(access_token);
  const client = await WireClient.open(parley.socketUrl({ session_id, access_token }).replace('/ws?', '//ws?'));
  await client.next('SESSION_START');
  await client.close();
  const line = await SignalingClient.open(`${parley.url}/`);
  line.send({ type: 'nonsense', sessionId: 'none' });
  expect((await line.next('error')).data).toMatchObject({ code: expect.any(String) });
  await line.close();
});

it('whoever asks `//ws` for no WebSocket is told why not, as at `/ws`', async () => {
  expect((await fetch(`${parley.url}//ws`)).status).toBe(400);
});

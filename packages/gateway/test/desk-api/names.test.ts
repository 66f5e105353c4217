// Names are anybody's: whatever stands in them goes over the wire as it is, as text.
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChatAgent } from '../../src/agents/index.ts';
import { hashPassword, hashToken } from '../../src/identity/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { TestGateway } from '../driver.ts';
import type { WireClient } from '../wire-client.ts';
import { PASSWORD, program, startDesk } from './desk-wire.ts';

const VISITOR = '<img src=x onerror="alert(1)">"\\u003c&lt;{{x}}';
const PERSON = "</script><script>alert('2')</script>";
const QUEUE = '<svg onload=alert(3)> & <b>bold</b>';
const SECRET = 'a secret of the shop and the gateway';

/** Hands every message to the odd queue. */
const agent: ChatAgent = {
  async *respond({ input }) {
    if (input.kind !== 'message') return;
    yield { kind: 'handoff', request: { kind: 'desk', reason: 'POLICY', queue: QUEUE, route: '', data: {} } };
  },
};

let parley: TestGateway;

beforeAll(async () => {
  const store = createMemoryStore();
  const passwordHash = await hashPassword(PASSWORD);
  await store.deskUsers.save({ id: 'odd', name: PERSON, role: 'agent', queueIds: null, capacity: null, passwordHash });
  const contextKeys = [{ kid: 'k1', secret: SECRET }];
  parley = await startDesk({
    store,
    agents: { demo: agent },
    connectors: [{ id: 'trusting', tokens: [hashToken('trusting-token')], contextKeys }],
  });
});

afterAll(() => parley.gateway.close());

/** A visitor whose name a backend vouches for, and who asked for a human. */
async function namedVisitor(): Promise<{ sessionId: string; client: WireClient }> {
  const headers = { 'x-token': 'trusting-token', 'x-host': 'localhost' };
  const answer = await parley.post('/api/v1/access-token', { headers });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const sessionId = await parley.createSession(token);
  const client = await parley.connect({ session_id: sessionId, access_token: token });
  const { payload } = await client.next('SESSION_START');
  const context = await new SignJWT({ ctx: { name: VISITOR } })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
    .setSubject(payload.context_id as string)
    .setIssuedAt()
    .setExpirationTime('20s')
    .sign(new TextEncoder().encode(SECRET));
  const authorization = { authorization: `Bearer ${token}` };
  await parley.post(`/api/v1/sessions/${sessionId}/context`, {
    headers: authorization,
    body: JSON.stringify({ token: context }),
  });
  client.send('REQUEST_POLY_AGENT_JOIN');
  client.send('USER_MESSAGE', { text: 'a human, please' });
  return { sessionId, client };
}

it('script and markup in the names of visitors, people and queues are text to everybody', async () => {
  const desk = await program(parley.url, 'odd');
  const feed = await desk.feed();
  const { sessionId, client } = await namedVisitor();
  expect((await client.next('HANDOFF_ACCEPTED')).payload.queue_name).toBe(QUEUE);
  const { waiting } = await feed.next('waiting');
  expect(waiting.visitor.name).toBe(VISITOR);
  const { body: queues, headers } = await desk.get('/queues');
  expect(queues.queues.map(({ name }: { name: string }) => name)).toContain(QUEUE);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  await feed.do('accept', { session_id: sessionId });
  expect((await client.next('LIVE_AGENT_JOINED')).payload.agent.name).toBe(PERSON);
  const { body: detail } = await desk.get(`/chats/${sessionId}`);
  expect(detail.chat).toMatchObject({ visitor: { name: VISITOR }, people: [{ name: PERSON }] });
});

// The bridge from outside: a gateway and desks on real ports.
import { encodeBridgeEvent } from '@parley/protocol';
import type { BridgeEvent } from '@parley/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '../../src/kit/index.ts';
import { ChatwootServer } from './chatwoot-server.ts';
import { OTHER_SECRET, SECRET, WEBHOOK_TOKEN, gatewayFolder, localDesk, serve } from './local-desk.ts';
import type { BridgedGateway, GatewayFolder, LocalDesk, LocalServer } from './local-desk.ts';

const grace = { id: 'h1', name: 'Grace' };
let desk: LocalDesk;
let folder: GatewayFolder;
let parley: BridgedGateway;

async function open(): Promise<void> {
  desk = await localDesk();
  folder = gatewayFolder({ webhook: desk.url });
  parley = await folder.start();
}

async function shut(): Promise<void> {
  await parley.gateway.close();
  desk.close();
  folder.remove();
}

describe('a desk at a URL', () => {
  beforeEach(open);
  afterEach(shut);

  it('MSG-087 MSG-088 MSG-092 is asked, talks with the user, and lets them go', async () => {
    const user = await parley.handedOff();
    const { caseId } = await desk.next();
    await parley.tell({ type: 'accepted', id: 'a', caseId });
    await parley.tell({ type: 'joined', id: 'j', caseId, agent: grace });
    await user.next('LIVE_AGENT_JOINED');
    user.send('USER_MESSAGE', { text: 'Hello?' });
    expect(await desk.next()).toMatchObject({ type: 'user_message', number: 2, line: { text: 'Hello?' } });
    const message: BridgeEvent = {
      type: 'message',
      id: 'm',
      caseId,
      text: 'Hello!',
      attachments: [],
      suggestions: [],
    };
    const taken = await parley.tell(message);
    expect([taken.status, await taken.json()]).toEqual([200, { id: 'm', applied: true }]);
    expect((await user.next('LIVE_AGENT_MESSAGE')).payload).toMatchObject({ agent_id: 'h1', text: 'Hello!' });
    await parley.tell({ type: 'left', id: 'l', caseId });
    expect((await user.next('SESSION_END')).payload).toEqual({ reason: 'REASON_NATURAL_END' });
    expect(await desk.next()).toMatchObject({ type: 'ended', reason: 'ended', number: 3 });
  });

  it('is told what waited when Parley starts again, and its events still find the case', async () => {
    const user = await parley.handedOff();
    const { caseId } = await desk.next();
    await parley.tell({ type: 'joined', id: 'j', caseId, agent: grace });
    desk.status = 503;
    user.send('USER_MESSAGE', { text: 'Are you there?' });
    await user.next((event) => event.payload.text === 'Are you there?');
    await parley.gateway.close();
    desk.status = 200;
    parley = await folder.start();
    expect(await desk.next()).toMatchObject({ type: 'user_message', line: { text: 'Are you there?' } });
    expect((await parley.tell({ type: 'joined', id: 'j', caseId, agent: grace })).status).toBe(200);
    expect((await parley.tell({ type: 'returned', id: 'r', caseId })).status).toBe(200);
    expect(await desk.next()).toMatchObject({ type: 'ended', reason: 'returned' });
  });

  it('is measured', async () => {
    await parley.handedOff();
    const { caseId } = await desk.next();
    await parley.tell({ type: 'accepted', id: 'a', caseId });
    await parley.tell({ type: 'accepted', id: 'a', caseId });
    const text = await (await fetch(`${parley.url}/metrics`)).text();
    expect(text).toContain('parley_handoff_deliveries_total{type="requested",outcome="delivered"} 1');
    expect(text).toContain('parley_handoff_events_total{type="accepted",outcome="applied"} 1');
    expect(text).toContain('parley_handoff_events_total{type="accepted",outcome="repeated"} 1');
    expect(text).toContain('parley_handoff_deliveries_waiting 0');
  });
});

describe('what is posted', () => {
  let caseId: string;

  beforeAll(async () => {
    await open();
    await parley.handedOff();
    ({ caseId } = await desk.next());
  });
  afterAll(shut);

  async function expectProblem(answer: Response, status: number, code: string): Promise<void> {
    expect(answer.status).toBe(status);
    const id = answer.headers.get('x-polyai-correlation-id');
    expect(await answer.json()).toMatchObject({ success: false, error_code: code, error_id: id });
  }

  const ended = (of: string): BridgeEvent => ({ type: 'ended', id: 'e', caseId: of });

  it('with another secret is refused, be it that of another agent', async () => {
    await expectProblem(await parley.tell(ended(caseId), { secret: 'wrong' }), 401, 'SIGNATURE_INVALID');
    await expectProblem(await parley.tell(ended(caseId), { secret: OTHER_SECRET }), 401, 'SIGNATURE_INVALID');
  });

  it('with an old signature is refused', async () => {
    const old = sign(encodeBridgeEvent(ended(caseId)), SECRET, Date.now() - 600_000);
    const answer = await parley.tell(ended(caseId), { headers: { 'x-parley-signature': old } });
    await expectProblem(answer, 401, 'SIGNATURE_INVALID');
  });

  it('of a case that nobody knows is refused', async () => {
    await expectProblem(await parley.tell(ended('nobody')), 404, 'NO_SUCH_CASE');
  });

  it('before anybody joined is refused when it needs somebody', async () => {
    const content = { text: 'Early.', attachments: [], suggestions: [] };
    const early: BridgeEvent = { type: 'message', id: 'm', caseId, ...content };
    await expectProblem(await parley.tell(early), 409, 'NOBODY_JOINED');
  });

  it.each([
    ['no JSON', '{'],
    ['no event', '{"type":"sing"}'],
    ['an array', '[]'],
    ['nothing', ''],
  ])('as %s is refused', async (_, body) => {
    const headers = { 'x-parley-signature': sign(body, SECRET, Date.now()) };
    await expectProblem(await parley.post(`/api/v1/handoff/${caseId}/events`, body, headers), 400, 'INVALID_EVENT');
  });

  it('under another id than its header says is refused', async () => {
    const answer = await parley.tell(ended(caseId), { headers: { 'idempotency-key': 'another' } });
    await expectProblem(answer, 400, 'INVALID_EVENT');
  });

  it('in more than 256 KiB is refused', async () => {
    const body = JSON.stringify({ ...ended(caseId), more: 'x'.repeat(300_000) });
    const headers = { 'x-parley-signature': sign(body, SECRET, Date.now()) };
    await expectProblem(await parley.post(`/api/v1/handoff/${caseId}/events`, body, headers), 413, 'BODY_TOO_LARGE');
  });

  it('to an inbox of Chatwoot that is not there finds nothing', async () => {
    await expectProblem(await parley.post('/api/v1/handoff/chatwoot/guess', '{"event":"x"}'), 404, 'NOT_FOUND');
    await expectProblem(await parley.post(`/api/v1/handoff/chatwoot/${WEBHOOK_TOKEN}`, '{'), 400, 'INVALID_EVENT');
  });

  it('changes nothing when it is refused', async () => {
    expect((await parley.tell({ type: 'accepted', id: 'a', caseId })).status).toBe(200);
  });
});

describe('Chatwoot on a port', () => {
  let chatwoot: ChatwootServer;
  let server: LocalServer;
  beforeEach(async () => {
    chatwoot = new ChatwootServer();
    server = await serve((request) => chatwoot.fetch(request));
    folder = gatewayFolder({ webhook: server.url, chatwoot: server.url }, 'shop');
    parley = await folder.start();
  });
  afterEach(async () => {
    await parley.gateway.close();
    server.close();
    folder.remove();
  });

  it('MSG-087 MSG-090 MSG-092 takes a hand-off, answers, and resolves it', async () => {
    const send = (webhook: string) => parley.post(`/api/v1/handoff/chatwoot/${WEBHOOK_TOKEN}`, webhook);
    const user = await parley.handedOff();
    await user.next('HANDOFF_ACCEPTED');
    expect((await send(chatwoot.write('Hello!'))).status).toBe(200);
    expect((await user.next('LIVE_AGENT_MESSAGE')).payload).toMatchObject({ agent_id: '11', agent_name: 'Grace' });
    await send(chatwoot.resolve());
    await user.next('SESSION_END');
    expect((await user.closed).code).toBe(1000);
  });
});

// The log of a whole gateway at level info, as an operator keeps it: what stands in it, and what never does.
import { expect, it } from 'vitest';
import { pinoLog } from '../src/ops/index.ts';
import type { LogLevel } from '../src/ops/index.ts';
import { demoHeaders, startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { refusedHandshake } from './wire-client.ts';

/** A gateway, and the lines of its log. */
async function loggingGateway(level: LogLevel): Promise<{ parley: TestGateway; lines: string[] }> {
  const lines: string[] = [];
  const log = pinoLog({ level, destination: { write: (line) => void lines.push(line) } });
  return { parley: await startGateway({ log, server: { drainSeconds: 0 } }), lines };
}

function find(lines: readonly string[], sentence: string): Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === sentence);
}

/** What the users say, all of which brings something else about. */
const sayings = ['my secret words', 'simulate an error, my secret error', 'a human, for my secret reason'];

it('has neither tokens nor texts, whatever happens', async () => {
  const { parley, lines } = await loggingGateway('info');
  const { client, token, sessionId } = await parley.chat();
  client.send('REQUEST_POLY_AGENT_JOIN');
  await client.next('POLY_AGENT_MESSAGE');
  for (const text of sayings) client.send('USER_MESSAGE', { text }, { local_id: 'my secret id' });
  await client.next('HANDOFF_QUEUE_STATUS');
  client.sendRaw('{"my secret": "frame');
  client.send('NOPE', { text: 'my secret payload' });
  await client.settle();

  const other = await parley.accessToken();
  const authorization = `Bearer ${token}x`;
  await parley.post('/api/v1/sessions', { headers: { authorization }, body: '{"my secret": "body' });
  await parley.post('/api/v1/access-token', { headers: { ...demoHeaders, 'x-token': 'my-secret-token' } });
  await refusedHandshake(parley.socketUrl({ session_id: sessionId, access_token: other }));
  await refusedHandshake(parley.socketUrl({ session_id: 'my-secret-session', auth_token: token }));
  await fetch(`${parley.url}/my-secret-path?access_token=${token}`);
  const again = await parley.connect({ session_id: sessionId, access_token: token, cursor: 'my secret cursor' });
  const headers = { 'x-api-key': 'parley-demo-api-key', 'x-token': 'parley-demo-token' };
  const talk = (operation: string, body: object): Promise<Response> =>
    parley.post(`/v1/demo/demo/chat/${operation}`, { headers, body: JSON.stringify(body) });
  const { conversation_id } = (await (await talk('create', {})).json()) as { conversation_id: string };
  for (const message of sayings) await talk('respond', { conversation_id, message });
  again.send('USER_END_SESSION');
  await again.next('SESSION_END');
  await parley.gateway.close();

  const answers = client.events.flatMap(({ payload }) => (typeof payload.text === 'string' ? [payload.text] : []));
  expect(answers.join(' ')).toContain('Ada');
  const secrets = [token, other, 'parley-demo-token', 'parley-demo-api-key', 'secret', ...answers.filter(Boolean)];
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  for (const sentence of [
    'A request was refused',
    'A handshake was refused',
    'An agent could not answer',
    'A cursor made no sense; all is replayed',
  ]) {
    expect(find(lines, sentence)).not.toEqual([]);
  }
});

it('MSG-014 has the correlation id that a client named its request by, however it was answered', async () => {
  const { parley, lines } = await loggingGateway('info');
  const name = (id: string): Record<string, string> => ({ 'x-polyai-correlation-id': id });
  await parley.post('/api/v1/access-token', { headers: { ...demoHeaders, ...name('good-1') } });
  await parley.post('/api/v1/sessions', { headers: name('bad-2') });
  await parley.post('/api/v1/access-token', { headers: demoHeaders });
  await parley.gateway.close();
  expect(find(lines, 'A request was answered')).toMatchObject([
    { correlationId: 'good-1', route: '/api/v1/access-token', method: 'POST', status: 200 },
  ]);
  expect(find(lines, 'A request was refused')).toMatchObject([{ correlationId: 'bad-2', status: 400 }]);
});

it('MSG-038 MSG-040 tells at level debug in which form a client gave its cursor, and warns of one that is none', async () => {
  const { parley, lines } = await loggingGateway('debug');
  const { token: access_token, sessionId: session_id } = await parley.chat();
  for (const cursor of ['1', 'seq:1', 'abc']) await parley.connect({ session_id, access_token, cursor });
  await parley.gateway.close();
  expect(find(lines, 'A socket was opened')).toMatchObject([
    { sessionId: session_id, cursor: 'none', after: 0, correlationId: expect.stringMatching(/./) },
    { cursor: 'number', after: 1 },
    { cursor: 'prefixed', after: 1 },
    { cursor: 'unknown', after: 0 },
  ]);
  expect(find(lines, 'A cursor made no sense; all is replayed')).toMatchObject([{ level: 40, sessionId: session_id }]);
});

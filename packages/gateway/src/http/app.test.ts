import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { LogFields } from '../kit/index.ts';
import { countingIds, silentLog, silentMeter, systemTimers } from '../kit/index.ts';
import { createApp } from './app.ts';
import type { AppParts } from './app.ts';
import { correlationIds } from './correlation-id.ts';
import { readBody } from './read-body.ts';
import { RequestFailure } from './request-failure.ts';

const apps: ReturnType<typeof createApp>[] = [];

afterEach(() => {
  for (const app of apps.splice(0)) app.server.close().closeAllConnections();
});

interface Line {
  level: 'info' | 'error';
  fields: LogFields;
}

/** An app on a free port with routes that fail in every way. */
async function failingApp(parts: Partial<AppParts> = {}) {
  const lines: Line[] = [];
  const log = {
    ...silentLog,
    info: (fields: LogFields) => void lines.push({ level: 'info', fields }),
    error: (fields: LogFields) => void lines.push({ level: 'error', fields }),
  };
  const newId = countingIds('id-');
  const correlationIdOf = correlationIds(newId);
  const meter = silentMeter;
  const app = createApp({
    log,
    meter,
    newId,
    timers: systemTimers,
    correlationIdOf,
    addressOf: () => '192.0.2.1',
    ...parts,
  });
  apps.push(app);
  app.get('/expected/:id', () => {
    throw new RequestFailure('rateLimited', { retryAfterSeconds: 7 });
  });
  app.get('/unexpected', { config: { fallback: 'sessionFailed' } }, () => {
    throw new Error('the secret reason');
  });
  app.post('/body', async ({ raw }) => readBody(raw));
  await app.ready();
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  const { port } = app.server.address() as AddressInfo;
  return { lines, port, url: `http://127.0.0.1:${port}` };
}

describe('an app', () => {
  it('puts an expected failure as the protocol does, and logs it without path, query and tokens', async () => {
    const { url, lines } = await failingApp();
    const answer = await fetch(`${url}/expected/secret-id?access_token=secret`, {
      headers: { authorization: 'secret' },
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.json()).toMatchObject({ message: 'Rate limit exceeded', error_id: 'id-1' });
    expect(lines).toMatchObject([
      { level: 'info', fields: { correlationId: 'id-1', route: '/expected/:id', status: 429, address: '192.0.2.1' } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('puts an unexpected failure in the words of its route, and tells the reason to the log only', async () => {
    const { url, lines } = await failingApp();
    const answer = await fetch(`${url}/unexpected`);
    expect(answer.status).toBe(500);
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ message: 'Failed to create session' });
    expect(body).not.toContain('secret');
    expect(lines).toMatchObject([{ level: 'error', fields: { err: { message: 'the secret reason' } } }]);
  });

  it('takes bodies of any type as they are, and refuses those that are too large', async () => {
    const { url } = await failingApp();
    const post = (body: string | Buffer, type: string): Promise<Response> =>
      fetch(`${url}/body`, { method: 'POST', body, headers: { 'content-type': type } });
    expect(await (await post('{"a":"ü"}', 'text/plain')).text()).toBe('{"a":"ü"}');
    expect((await post('x'.repeat(262_144), 'no/type/at all')).status).toBe(200);
    expect((await post('x'.repeat(262_145), 'application/json')).status).toBe(413);
    expect((await post('x'.repeat(3_000_000), 'application/json')).status).toBe(413);
    expect((await post(Buffer.from([0xc3, 0x28]), 'application/json')).status).toBe(400);
  });

  it.each([
    ['says nothing', ''],
    ['stops in the middle of its head', 'GET / HTTP/1.1\r\nHost: x\r\nX-To'],
    ['stops in the middle of its body', 'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"a":'],
  ])('hangs up on a client that %s', async (_what, text) => {
    const patience = { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 };
    const { port } = await failingApp({ patience });
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data: Buffer) => (answer += data.toString()));
    socket.write(text);
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*"message":"Error parsing request"/);
  });
});

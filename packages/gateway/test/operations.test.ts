// What operators and browsers get from the same port.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeTime } from '../src/kit/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${parley.url}${path}`, { headers });
}

/** Tells the values of series; NaN where there is none. */
function reading(metrics: string): (series: string) => number {
  return (series) =>
    Number(
      metrics
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length + 1),
    );
}

describe('operations', () => {
  it('tell that the process serves', async () => {
    const answer = await get('/health');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'healthy', activeSessions: 0 });
  });

  it('tell that the process takes work', async () => {
    const answer = await get('/ready');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('count what happens', async () => {
    const { client } = await parley.chat();
    client.send('REQUEST_POLY_AGENT_JOIN');
    await client.next('POLY_AGENT_MESSAGE');
    client.send('USER_MESSAGE', { text: 'Hello' });
    await client.next('POLY_AGENT_MESSAGE');
    await client.settle();
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    const valueOf = reading(await answer.text());
    expect(valueOf('parley_connections')).toBe(1);
    expect(valueOf('parley_sessions_loaded')).toBeGreaterThanOrEqual(1);
    expect(valueOf('parley_sessions_created_total{door="messaging"}')).toBeGreaterThanOrEqual(1);
    expect(valueOf('parley_client_events_total{type="request-poly-agent-join"}')).toBe(1);
    expect(valueOf('parley_handshakes_total{path="/ws",status="101"}')).toBe(1);
    expect(valueOf('parley_agent_turn_seconds_count')).toBe(2);
    expect(valueOf('parley_echo_seconds_count')).toBe(1);
    expect(valueOf('parley_commit_seconds_count')).toBeGreaterThanOrEqual(2);
    expect(valueOf('parley_http_requests_total{route="/api/v1/sessions",status="200"}')).toBe(1);
    expect(valueOf('process_cpu_seconds_total')).toBeGreaterThan(0);
    await client.close();
  });

  it('count what goes wrong: agents that could not answer, events that were too many', async () => {
    // Five events at once, and no time in which more would be let in.
    const strict = await startGateway({ clock: new FakeTime(Date.now()), limits: { eventsPerSecondPerSession: 1 } });
    const { client } = await strict.chat();
    client.send('REQUEST_POLY_AGENT_JOIN');
    await client.next('POLY_AGENT_MESSAGE');
    client.send('USER_MESSAGE', { text: 'simulate an error' });
    await client.next('SYSTEM_MESSAGE');
    for (let event = 0; event < 4; event += 1) client.send('USER_MESSAGE', { text: 'Hello' });
    for (let answer = 0; answer < 3; answer += 1) await client.next('POLY_AGENT_MESSAGE');
    for (let event = 0; event < 2; event += 1) client.send('USER_TYPING', { state: 'TYPING_STATE_STARTED' });
    await client.settle();
    const valueOf = reading(await (await fetch(`${strict.url}/metrics`)).text());
    expect(valueOf('parley_agent_turn_seconds_count')).toBe(5);
    expect(valueOf('parley_agent_first_piece_seconds_count')).toBe(4);
    expect(valueOf('parley_agent_failures_total{cause="broken"}')).toBe(1);
    expect(valueOf('parley_client_events_dropped_total{type="user-message"}')).toBe(1);
    expect(valueOf('parley_client_events_dropped_total{type="user-typing"}')).toBe(2);
    await strict.gateway.close();
  });

  it('hold no token and no text in their metrics', async () => {
    const { client, token, sessionId } = await parley.chat();
    client.send('USER_MESSAGE', { text: 'a very private text' });
    await client.next('USER_MESSAGE');
    const metrics = await (await get('/metrics')).text();
    for (const secret of [token, sessionId, 'private', 'parley-demo-token']) expect(metrics).not.toContain(secret);
  });
});

describe('documents', () => {
  it('describe the API and the socket of this deployment', async () => {
    const openapi = (await (await get('/docs/openapi.json')).json()) as Record<string, object>;
    expect(openapi['openapi']).toMatch(/^3\./);
    expect(Object.keys(openapi['paths'] ?? {})).toEqual(expect.arrayContaining(['/api/v1/access-token', '/ws']));
    expect(JSON.stringify(openapi['servers'])).toContain(parley.url);
    const asyncapi = (await (await get('/docs/asyncapi.json')).json()) as Record<string, object>;
    expect(asyncapi['asyncapi']).toMatch(/^3\./);
  });
});

describe('pages', () => {
  const assets = fileURLToPath(new URL('../../web/dist/assets', import.meta.url));

  it('are served with a policy that lets nothing foreign in', async () => {
    const answer = await get('/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self';.*object-src 'none'/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await answer.text()).toMatch(/^<!doctype html>/i);
  });

  it('are not sent again when they have not changed', async () => {
    const etag = (await get('/')).headers.get('etag') ?? '';
    const again = await get('/', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('bring assets whose names change with their content, to be kept for good', async () => {
    const script = readdirSync(assets).find((name) => name.endsWith('.js'));
    const answer = await get(`/assets/${script}`);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each(['/../package.json', '/assets/../../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json'])(
    'do not lead out of their folder by %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('learn in development how to reach the demo agent', async () => {
    expect(await (await get('/demo/config.json')).json()).toEqual({
      token: 'parley-demo-token',
      webCallingToken: 'parley-demo-webrtc-token',
      baseUrl: '',
      agentName: 'Ada',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { FakeGateway } from '../test/fake-gateway.ts';
import { FakeTime, settled } from '../test/fake-time.ts';
import { createSessionApi } from './session-api.ts';
import type { SessionApi } from './session-api.ts';

function setUp(baseUrl = 'https://chat.example'): { gateway: FakeGateway; time: FakeTime; api: SessionApi } {
  const gateway = new FakeGateway();
  const time = new FakeTime();
  const world = { fetch: gateway.fetch, time };
  const api = createSessionApi({ baseUrl, token: 'ct_1', host: 'shop.example', streaming: true, ...world });
  return { gateway, time, api };
}

describe('session', () => {
  it('asks for a token with the connector, then for a session with the token', async () => {
    const { gateway, api } = setUp();
    expect(await api.createSession()).toEqual({ session: { sessionId: 'session-2', accessToken: 'token-1' } });
    const [token, session] = gateway.requests;
    expect(token?.path).toBe('/api/v1/access-token');
    expect(token?.headers.get('X-Token')).toBe('ct_1');
    expect(token?.headers.get('X-Host')).toBe('shop.example');
    expect(session?.path).toBe('/api/v1/sessions');
    expect(session?.headers.get('Authorization')).toBe('Bearer token-1');
    expect(JSON.parse(session?.body ?? '')).toMatchObject({ streaming_enabled: true, platform: 'web' });
  });

  it("a refusal carries the server's words and is final", async () => {
    const { gateway, api } = setUp();
    gateway.faults.rest = { status: 401, text: 'Failed to validate connector' };
    expect(await api.createSession()).toEqual({
      failure: { code: 'refused', message: 'Failed to validate connector', canRetry: false, status: 401 },
    });
  });

  it.each([
    ['7', 7_000],
    ['2.5', 2_500],
    ['600', 30_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 5_000],
    [undefined, 5_000],
  ])('honours Retry-After: %s is %i ms', async (header, retryAfterMs) => {
    const { gateway, api } = setUp();
    const headers: Record<string, string> = header === undefined ? {} : { 'Retry-After': header };
    gateway.faults.rest = { status: 429, text: 'Rate limit exceeded', headers };
    expect(await api.createSession()).toMatchObject({ failure: { code: 'busy', canRetry: true, retryAfterMs } });
  });

  it('a failing server may be asked again', async () => {
    const { gateway, api } = setUp();
    gateway.faults.rest = { status: 500, text: 'Failed to create access token' };
    expect(await api.createSession()).toMatchObject({ failure: { code: 'unavailable', canRetry: true } });
  });

  it('no server at all may come back', async () => {
    const { gateway, api } = setUp();
    gateway.faults.down = true;
    expect(await api.createSession()).toMatchObject({ failure: { code: 'unreachable', canRetry: true } });
  });

  it('an answer that never comes is given up after 10 s', async () => {
    const time = new FakeTime();
    const fetch: typeof globalThis.fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const api = createSessionApi({ baseUrl: '', token: 't', host: 'h', streaming: true, fetch, time });
    const created = api.createSession();
    await settled();
    await time.advance(10_000);
    expect(await created).toMatchObject({ failure: { code: 'unreachable' } });
  });

  it("an answer that isn't the protocol's is said to be so", async () => {
    const { gateway, api } = setUp();
    gateway.faults.rest = { status: 200, text: '' };
    expect(await api.createSession()).toMatchObject({ failure: { code: 'not-understood', canRetry: false } });
  });
});

describe('socket', () => {
  const session = { sessionId: 's 1', accessToken: 'a.b.c' };

  it('has an address of its own scheme, and a plain cursor once there is one', () => {
    const { api } = setUp('https://chat.example/');
    expect(api.socketUrl(session, 0)).toBe('wss://chat.example/ws?access_token=a.b.c&session_id=s+1');
    expect(api.socketUrl(session, 12)).toMatch(/&cursor=12$/);
    expect(setUp('http://127.0.0.1:8080').api.socketUrl(session, 0)).toMatch(/^ws:\/\/127\.0\.0\.1:8080\/ws\?/);
  });

  it('a session the server does not know, or not with this token, is gone', async () => {
    const { gateway, api } = setUp();
    expect(await api.isGone(session)).toBe(true);
    const created = await api.createSession();
    if ('failure' in created) throw new Error('no session');
    expect(await api.isGone({ ...created.session, accessToken: 'other' })).toBe(true);
    expect(await api.isGone(created.session)).toBe(false);
    gateway.faults.down = true;
    expect(await api.isGone(session)).toBe(false);
  });

  it('a proxy that answers 404 with a page of its own says nothing about the session', async () => {
    const { gateway, api } = setUp();
    gateway.faults.rest = { status: 404, text: 'Not found' };
    expect(await api.isGone(session)).toBe(false);
  });
});

// What REST says when several things are wrong at once, down to a store that fails, and in whose words.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../src/identity/index.ts';
import { createMemoryStore } from '../src/store/index.ts';
import { demoHeaders, startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

const failing = (): Promise<never> => Promise.reject(new Error('the disk is on fire'));

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({
    store: { ...createMemoryStore(), find: failing, create: failing },
    limits: { tokensPerMinutePerAddress: 2, sessionsPerMinutePerToken: 1 },
    connectors: [
      { id: 'homeless', tokens: [hashToken('homeless-token')], hosts: [] },
      { id: 'agentless', tokens: [hashToken('agentless-token')], agent: 'nobody' },
    ],
  });
});

afterAll(() => parley.gateway.close());

async function told(asked: Promise<Response>): Promise<[number, unknown]> {
  const answer = await asked;
  const { message } = (await answer.json()) as { message?: unknown };
  return [answer.status, message];
}

describe('POST /api/v1/access-token', () => {
  const ask = (headers: Record<string, string>): Promise<[number, unknown]> =>
    told(parley.post('/api/v1/access-token', { headers }));

  it('names the first thing that is wrong, in the order of the protocol', async () => {
    const homeless = { 'x-token': 'homeless-token', 'x-host': 'example.com' };
    for (let token = 0; token < 2; token += 1) expect((await ask(demoHeaders))[0]).toBe(200);
    expect(await ask({ ...homeless, 'x-host': '' })).toEqual([401, 'Missing authentication headers']);
    expect(await ask(homeless)).toEqual([401, 'Connector missing host domain']);
    expect(await ask({ ...demoHeaders, 'x-host': 'example.com' })).toEqual([401, 'Failed to validate connector']);
    expect(await ask(demoHeaders)).toEqual([429, 'Rate limit exceeded']);
  });

  it('says that it failed when the connectors cannot be read', async () => {
    const unknown = { 'x-token': 'perhaps-a-token', 'x-host': 'localhost' };
    expect(await ask(unknown)).toEqual([500, 'Failed to create access token']);
    expect(await ask({ ...unknown, 'x-host': '' })).toEqual([401, 'Missing authentication headers']);
  });
});

describe('POST /api/v1/sessions', () => {
  let tokens: { demo: string; agentless: string };

  beforeAll(async () => {
    const other = await startGateway({
      connectors: [{ id: 'agentless', tokens: [hashToken('agentless-token')], agent: 'nobody' }],
    });
    const answer = await other.post('/api/v1/access-token', {
      headers: { 'x-token': 'agentless-token', 'x-host': 'localhost' },
    });
    const { access_token: agentless } = (await answer.json()) as { access_token: string };
    tokens = { demo: await other.accessToken(), agentless };
    await other.gateway.close();
  });

  function ask(authorization: string | undefined, body = '{}'): Promise<[number, unknown]> {
    return told(parley.post('/api/v1/sessions', { headers: authorization ? { authorization } : {}, body }));
  }

  it('names the first thing that is wrong, in the order of the protocol', async () => {
    const agentless = `Bearer ${tokens.agentless}`;
    expect(await ask(undefined, '{not json')).toEqual([400, 'Missing access token']);
    expect(await ask('Basic x', '{not json')).toEqual([401, 'Missing authentication headers']);
    expect(await ask('Bearer x', '{not json')).toEqual([401, 'Invalid access token']);
    expect(await ask(agentless)).toEqual([400, 'Unable to get agent details from connector service']);
    // One session on this token was asked for, and the next is too many.
    expect(await ask(agentless, '{not json')).toEqual([400, 'Error parsing request']);
    expect(await ask(agentless)).toEqual([429, 'Rate limit exceeded']);
  });

  it('says that it failed when the session cannot be stored', async () => {
    expect(await ask(`Bearer ${tokens.demo}`)).toEqual([500, 'Failed to create session']);
  });
});

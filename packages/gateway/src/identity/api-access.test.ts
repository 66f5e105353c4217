import { beforeAll, describe, expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import type { ApiRequest } from './api-access.ts';
import { resolveApiAccess, resolveProjectAccess } from './api-access.ts';
import type { Connector } from './connector.ts';
import { hashToken } from './connector.ts';
import { Connectors } from './connectors.ts';

function connector(id: string, project: string, keys: string[]): Connector {
  return {
    id,
    tokens: [hashToken(`${id}-token`)],
    webrtcTokens: [],
    apiKeys: keys.map(hashToken),
    account: project === 'bank' ? 'other' : 'ws-acme',
    project,
    hosts: [],
    checkOrigin: false,
    agent: 'concierge',
    maxConcurrentCalls: 100,
  };
}

const good: ApiRequest = { account: 'acme', project: 'shop', apiKey: 'shop-key', token: 'web-token' };
let connectors: Connectors;

beforeAll(() => {
  const configured = [
    connector('support', 'support', ['support-key', 'shared-key']),
    connector('web', 'shop', ['shop-key', 'shared-key']),
    connector('app', 'shop', []),
    connector('teller', 'bank', ['bank-key']),
  ];
  connectors = new Connectors({
    configured,
    store: { find: async () => undefined, list: async () => [] },
    clock: new FakeTime(),
  });
});

async function outcome(change: Partial<ApiRequest>): Promise<string> {
  const access = await resolveApiAccess({ ...good, ...change }, connectors);
  return 'connector' in access ? access.connector.id : `${access.failure.status} ${access.failure.code}`;
}

describe('the Chat API lets in', () => {
  it.each<[string, Partial<ApiRequest>, string]>([
    ['key and token of one connector', {}, 'web'],
    ['prefixed ids', { account: 'ws-acme', project: 'PROJECT-shop' }, 'web'],
    ['a key of the project with another of its connectors', { token: 'app-token' }, 'app'],
    ['a key that projects share', { apiKey: 'shared-key' }, 'web'],
  ])('%s', async (_, change, id) => {
    expect(await outcome(change)).toBe(id);
  });
});

describe('the Chat API refuses', () => {
  it.each<[string, Partial<ApiRequest>, string]>([
    ['MSG-115 a missing key', { apiKey: undefined }, '401 AUTH_USER_UNAUTHORISED'],
    ['MSG-115 an empty key', { apiKey: '' }, '401 AUTH_USER_UNAUTHORISED'],
    ['MSG-115 a wrong key', { apiKey: 'wrong' }, '401 AUTH_USER_UNAUTHORISED'],
    ['a connector token in place of the key', { apiKey: 'web-token' }, '401 AUTH_USER_UNAUTHORISED'],
    ['a missing token', { token: undefined }, '401 AUTH_USER_INVALID_TOKEN'],
    ['a wrong token', { token: 'wrong' }, '401 AUTH_USER_INVALID_TOKEN'],
    ['a key of another project', { apiKey: 'support-key' }, '403 USER_ACCESS_FORBIDDEN'],
    ['a token of another project', { token: 'support-token' }, '403 USER_ACCESS_FORBIDDEN'],
    ['a path of another project', { project: 'support' }, '403 USER_ACCESS_FORBIDDEN'],
    ['an unknown account', { account: 'nobody' }, '404 ACCOUNT_NOT_FOUND'],
    ['an unknown project', { project: 'nothing' }, '404 PROJECT_NOT_FOUND'],
    ["another account's project", { project: 'bank' }, '404 PROJECT_NOT_FOUND'],
    ['an unknown account, but the key first', { account: 'nobody', apiKey: 'wrong' }, '401 AUTH_USER_UNAUTHORISED'],
  ])('%s', async (_, change, failure) => {
    expect(await outcome(change)).toBe(failure);
  });
});

describe('a key alone opens', () => {
  it.each<[string, Partial<ApiRequest>, string]>([
    ['its project, under the slugs of the configuration', {}, 'ws-acme/shop'],
    ['its project by prefixed ids', { account: 'ws-acme', project: 'PROJECT-shop' }, 'ws-acme/shop'],
    ['each of the projects that share it', { apiKey: 'shared-key', project: 'support' }, 'ws-acme/support'],
    ['nothing when it is missing', { apiKey: undefined }, '401 AUTH_USER_UNAUTHORISED'],
    ['nothing when it is wrong', { apiKey: 'wrong' }, '401 AUTH_USER_UNAUTHORISED'],
    ["not another's project", { apiKey: 'support-key' }, '403 USER_ACCESS_FORBIDDEN'],
    ['no unknown account', { account: 'nobody' }, '404 ACCOUNT_NOT_FOUND'],
    ['no unknown project', { project: 'nothing' }, '404 PROJECT_NOT_FOUND'],
  ])('%s', async (_, change, outcome) => {
    const access = await resolveProjectAccess({ ...good, ...change }, connectors);
    const found =
      'failure' in access ? `${access.failure.status} ${access.failure.code}` : `${access.account}/${access.project}`;
    expect(found).toBe(outcome);
  });
});

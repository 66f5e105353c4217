import { expect, it } from 'vitest';
import { callAccess } from './call-access.ts';
import type { Connector } from './identity/index.ts';

const connector: Connector = {
  id: 'web',
  tokens: [],
  webrtcTokens: [],
  apiKeys: [],
  account: 'acme',
  project: 'shop',
  hosts: [{ kind: 'domain', value: 'example.com' }],
  checkOrigin: true,
  agent: 'concierge',
  maxConcurrentCalls: 7,
};

const access = callAccess({
  verify: async (token) =>
    token === 'good' ? { connector, kind: 'console', variantId: 'formal', build: 'july', mayEcho: true } : undefined,
});

it('a token grants what its connector has and what it pins', async () => {
  expect(await access.verify('good')).toMatchObject({
    account: 'acme',
    project: 'shop',
    connectorId: 'web',
    agentId: 'concierge',
    kind: 'console',
    variantId: 'formal',
    build: 'july',
    mayEcho: true,
    maxConcurrentCalls: 7,
  });
});

it('a grant knows its pages and its tenant', async () => {
  const grant = await access.verify('good');
  const origins = ['https://www.example.com', 'https://evil.test', undefined];
  expect(origins.map((origin) => grant?.originAllowed(origin))).toEqual([true, false, true]);
  expect([grant?.isAccount('ws-acme'), grant?.isAccount('other')]).toEqual([true, false]);
  expect([grant?.isProject('PROJECT-shop'), grant?.isProject('bank')]).toEqual([true, false]);
});

it('what is no token grants nothing', async () => {
  expect(await access.verify('bad')).toBeUndefined();
});

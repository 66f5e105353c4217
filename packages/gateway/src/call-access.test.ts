import { expect, it } from 'vitest';
import { callAccess } from './call-access.ts';
import type { CallToken, Connector } from './identity/index.ts';

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

const operators: CallToken = { connector, kind: 'console', variantId: 'formal', build: 'july', mayEcho: true };
const desk = { sessionId: 's1', personId: 'grace' };
const people: CallToken = { connector, kind: 'desk', mayEcho: false, desk };

let inChat = true;
const access = callAccess({
  callTokens: { verify: async (token) => ({ good: operators, desk: people })[token] },
  personInChat: ({ sessionId, personId }) =>
    inChat && sessionId === 's1' ? { id: personId, name: 'Grace' } : undefined,
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

it('a person at the desk may take the call of a chat they are in, from any page, and may not once they are out', async () => {
  const grant = await access.verify('desk');
  expect(grant).toMatchObject({ kind: 'desk', desk: { sessionId: 's1', person: { id: 'grace', name: 'Grace' } } });
  expect(grant?.originAllowed('https://desk.test')).toBe(true);
  inChat = false;
  expect(await access.verify('desk')).toBeUndefined();
  expect(await access.verify('good')).toMatchObject({ kind: 'console', desk: undefined });
});

it('what is no token grants nothing', async () => {
  expect(await access.verify('bad')).toBeUndefined();
});

import { beforeEach, describe, expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import type { Connector } from './connector.ts';
import { hashToken } from './connector.ts';
import { Connectors } from './connectors.ts';

function connector(id: string, more: Partial<Connector> = {}): Connector {
  return {
    id,
    tokens: [hashToken(`${id}-token`)],
    webrtcTokens: [hashToken(`${id}-call-token`)],
    apiKeys: [hashToken(`${id}-key`)],
    account: 'acme',
    project: 'shop',
    hosts: [],
    checkOrigin: false,
    agent: 'concierge',
    maxConcurrentCalls: 100,
    ...more,
  };
}

let time: FakeTime;
let stored: Map<string, Connector>;
let connectors: Connectors;

function store(...added: Connector[]): void {
  for (const one of added) stored.set(one.id, one);
}

beforeEach(() => {
  time = new FakeTime();
  stored = new Map();
  store(connector('stored'));
  const holds = ({ tokens, webrtcTokens, apiKeys }: Connector, hash: string): boolean =>
    [...tokens, ...webrtcTokens, ...apiKeys].includes(hash);
  connectors = new Connectors({
    configured: [connector('web')],
    store: {
      find: async (by) =>
        'id' in by ? stored.get(by.id) : [...stored.values()].find((one) => holds(one, by.tokenSha256)),
      list: async () => [...stored.values()],
    },
    clock: time,
  });
});

describe.each(['web', 'stored'])('a connector of the %s kind', (id) => {
  it('is found by its connector token, and only as that', async () => {
    expect((await connectors.byToken(`${id}-token`))?.id).toBe(id);
    expect(await connectors.byToken(`${id}-call-token`)).toBeUndefined();
    expect(await connectors.byToken(`${id}-key`)).toBeUndefined();
  });

  it('is found for calls by its web-calling token and by its connector token', async () => {
    expect((await connectors.byCallToken(`${id}-call-token`))?.id).toBe(id);
    expect((await connectors.byCallToken(`${id}-token`))?.id).toBe(id);
    expect(await connectors.byCallToken(`${id}-key`)).toBeUndefined();
  });

  it('is found by its API key, and only as that', async () => {
    expect((await connectors.byApiKey(`${id}-key`))?.id).toBe(id);
    expect(await connectors.byApiKey(`${id}-token`)).toBeUndefined();
  });

  it('is found by its id', async () => {
    expect((await connectors.byId(id))?.id).toBe(id);
  });
});

it('knows no stranger, and takes no hash for a token', async () => {
  expect(await connectors.byToken('stranger')).toBeUndefined();
  expect(await connectors.byToken('')).toBeUndefined();
  expect(await connectors.byToken(hashToken('web-token'))).toBeUndefined();
  expect(await connectors.byId('stranger')).toBeUndefined();
});

it('sees a new connector at once, also one that it did not find a moment ago', async () => {
  expect(await connectors.byId('new')).toBeUndefined();
  store(connector('new'));
  expect((await connectors.byId('new'))?.id).toBe('new');
  expect((await connectors.byToken('new-token'))?.id).toBe('new');
});

it('notices a removal at once by token, and within a second by id', async () => {
  await connectors.byId('stored');
  stored.delete('stored');
  expect(await connectors.byToken('stored-token')).toBeUndefined();
  expect(await connectors.byId('stored')).toBeDefined();
  time.advance(1000);
  expect(await connectors.byId('stored')).toBeUndefined();
});

it('accepts a replaced token until its grace is over', async () => {
  const replaced = hashToken('old');
  const tokenExpiryMs = { [replaced]: time.nowMs() + 5000 };
  store(connector('stored', { tokens: [hashToken('new'), replaced], tokenExpiryMs }));
  time.advance(4999);
  expect(await connectors.byToken('old')).toBeDefined();
  time.advance(1);
  expect(await connectors.byToken('old')).toBeUndefined();
  expect(await connectors.byCallToken('old')).toBeUndefined();
  expect(await connectors.byToken('new')).toBeDefined();
});

it('lets the file win over a stored connector of the same id', async () => {
  store(connector('web', { tokens: [hashToken('shadowed')], agent: 'other' }));
  expect((await connectors.byId('web'))?.agent).toBe('concierge');
  expect(await connectors.byToken('shadowed')).toBeUndefined();
  expect((await connectors.list()).map(({ id, agent }) => [id, agent])).toEqual([
    ['web', 'concierge'],
    ['stored', 'concierge'],
  ]);
});

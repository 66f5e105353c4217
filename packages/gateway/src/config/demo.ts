// What development has besides the file: a connector, an agent and queues with tokens that everybody knows.
import { isObject, type RawObject } from './raw.ts';

/** The connector token that everybody knows. */
export const DEMO_TOKEN = 'parley-demo-token';

/** Its web-calling token. */
export const DEMO_WEB_CALLING_TOKEN = 'parley-demo-webrtc-token';

const demoConnector = {
  id: 'demo',
  token: DEMO_TOKEN,
  webrtcToken: DEMO_WEB_CALLING_TOKEN,
  apiKeys: ['parley-demo-api-key'],
  account: 'demo',
  project: 'demo',
  hosts: ['localhost', '127.0.0.1'],
  agent: 'demo',
};

const demoAgent = {
  name: 'Ada',
  chat: { provider: 'script', script: 'demo' },
  handoff: { kind: 'desk', queue: 'general' },
};

const demoQueues = { general: { name: 'General Support' }, support: { name: 'Support Queue' } };

/** The sign-in to the desk that everybody knows. */
export const DEMO_DESK_TOKEN = 'parley-demo-desk-token';

/** Adds the demo to what the file says. Where both have something of one name, the file's stays. */
export function addDemo(raw: RawObject): RawObject {
  const handoff = raw['handoff'] ?? {};
  const desk = raw['desk'] ?? {};
  return {
    ...raw,
    connectors: addConnector(raw['connectors'] ?? []),
    agents: addUnder({ demo: demoAgent }, raw['agents'] ?? {}),
    handoff: isObject(handoff) ? { ...handoff, queues: addUnder(demoQueues, handoff['queues'] ?? {}) } : handoff,
    desk: isObject(desk) ? { ...desk, tokens: addToken(desk['tokens'] ?? []) } : desk,
  };
}

// What isn't of the right type is left as it is, to be complained about later.

function addConnector(connectors: unknown): unknown {
  if (!Array.isArray(connectors)) return connectors;
  const { id, token } = demoConnector;
  const taken = connectors.some((one) => isObject(one) && (one['id'] === id || one['token'] === token));
  return taken ? connectors : [...connectors, demoConnector];
}

function addUnder(demo: RawObject, named: unknown): unknown {
  return isObject(named) ? { ...demo, ...named } : named;
}

function addToken(tokens: unknown): unknown {
  return Array.isArray(tokens) ? [...tokens, DEMO_DESK_TOKEN] : tokens;
}

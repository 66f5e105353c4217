// Starts a real gateway on a free port of this machine and does what clients do before they chat.
import { readConfig } from '../src/config/index.ts';
import type { Config } from '../src/config/index.ts';
import { createGateway } from '../src/gateway.ts';
import type { Gateway, GatewayParts } from '../src/gateway.ts';
import { createMemoryStore } from '../src/store/index.ts';
import { WireClient } from './wire-client.ts';

/** What the demo connector of development accepts. */
export const demoHeaders: Record<string, string> = { 'x-token': 'parley-demo-token', 'x-host': 'localhost' };

/** What is different from a gateway in development: parts in place of the real ones, sections of the configuration. */
export interface TestSettings extends Partial<Omit<GatewayParts, 'config'>> {
  server?: Partial<Config['server']>;
  database?: Partial<Config['database']>;
  sessions?: Partial<Config['sessions']>;
  limits?: Partial<Config['limits']>;
  voice?: Partial<Config['voice']>;
  /** How the demo's agent listens and speaks. */
  agentVoice?: Partial<Config['agents'][string]['voice']>;
  /** Of the demo's agent. */
  variants?: Config['agents'][string]['variants'];
  builds?: Config['agents'][string]['builds'];
  /** Besides the demo connector. */
  connectors?: Partial<Config['connectors'][number]>[];
}

/** A gateway that is listening. */
export interface TestGateway {
  gateway: Gateway;
  /** `http://127.0.0.1:…` */
  url: string;
  port: number;
  /** A fresh access token of the demo connector. */
  accessToken(): Promise<string>;
  /** A session on the token. The body is as on the wire. */
  createSession(token: string, body?: object): Promise<string>;
  /** The address of a session's socket. */
  socketUrl(query: Record<string, string>): string;
  /** A socket on a session. */
  connect(query: { session_id: string; access_token: string; cursor?: string }): Promise<WireClient>;
  /** Token, session and socket in one. */
  chat(body?: object): Promise<{ token: string; sessionId: string; client: WireClient }>;
  post(path: string, options?: { headers?: Record<string, string>; body?: string | Buffer }): Promise<Response>;
}

/** The configuration of a fresh clone, on a free port and without files, changed as wished. */
function testConfig(settings: TestSettings): Config {
  const {
    server,
    database,
    sessions,
    limits,
    voice,
    agentVoice,
    variants = {},
    builds = {},
    connectors = [],
  } = settings;
  const env = { PORT: '0', DATABASE_URL: 'file::memory:', PARLEY_SECRET: 'a secret for tests only, 32 chars' };
  const read = readConfig(env, { cwd: '/', dryRun: true });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const [demo] = config.connectors;
  const ada = config.agents['demo'];
  if (!demo || !ada) throw new Error('development has a demo connector, and an agent for it');
  return {
    ...config,
    server: { ...config.server, ...server },
    database: { ...config.database, ...database },
    sessions: { ...config.sessions, ...sessions },
    limits: { ...config.limits, ...limits },
    voice: { ...config.voice, ...voice },
    agents: { ...config.agents, demo: { ...ada, variants, builds, voice: { ...ada.voice, ...agentVoice } } },
    connectors: [...config.connectors, ...connectors.map((connector) => ({ ...demo, tokens: [], ...connector }))],
  };
}

/** Starts a gateway with a store in memory. Close it with `gateway.close()`. */
export async function startGateway(settings: TestSettings = {}): Promise<TestGateway> {
  const gateway = await createGateway({ store: createMemoryStore(), ...settings, config: testConfig(settings) });
  const { url, port } = await gateway.listen();
  return { gateway, url, port, ...clientOf(url) };
}

/** What a client does with a gateway at an address. */
export function clientOf(url: string): Omit<TestGateway, 'gateway' | 'url' | 'port'> {
  async function post(
    path: string,
    { headers = {}, body = '{}' }: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Response> {
    return fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  }

  async function accessToken(): Promise<string> {
    const answer = await post('/api/v1/access-token', { headers: demoHeaders });
    return (await expectJson(answer))['access_token'] as string;
  }

  async function createSession(token: string, body: object = {}): Promise<string> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await post('/api/v1/sessions', { headers, body: JSON.stringify(body) });
    return (await expectJson(answer))['session_id'] as string;
  }

  function socketUrl(query: Record<string, string>): string {
    return `${url.replace('http', 'ws')}/ws?${new URLSearchParams(query).toString()}`;
  }

  return {
    post,
    accessToken,
    createSession,
    socketUrl,
    connect: (query) => WireClient.open(socketUrl({ ...query })),
    async chat(body) {
      const token = await accessToken();
      const sessionId = await createSession(token, body);
      const client = await WireClient.open(socketUrl({ session_id: sessionId, access_token: token }));
      return { token, sessionId, client };
    },
  };
}

async function expectJson(answer: Response): Promise<Record<string, unknown>> {
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
// Desks on real ports of this machine, and a gateway whose agents hand off to them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBridgeDelivery, encodeBridgeEvent } from '@parley/protocol';
import type { BridgeDelivery, BridgeEvent } from '@parley/protocol';
import { readConfig } from '../../src/config/index.ts';
import { createGateway } from '../../src/gateway.ts';
import type { Gateway } from '../../src/gateway.ts';
import { isSigned, sign } from '../../src/kit/index.ts';
import { clientOf } from '../driver.ts';
import type { WireClient } from '../wire-client.ts';

export const SECRET = 'the secret of the desk';
export const OTHER_SECRET = 'the secret of the other desk';
export const WEBHOOK_TOKEN = 'the-secret-part-of-the-address';

/** A server, and how to close it. */
export interface LocalServer {
  url: string;
  close(): void;
}

/** Serves what a handler answers. */
export async function serve(handle: (request: Request) => Promise<Response>): Promise<LocalServer> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
      const { method = 'GET', url = '/' } = request;
      const init = { method, headers: request.headers as Record<string, string>, ...(method === 'POST' && { body }) };
      const answer = await handle(new Request(`http://127.0.0.1${url}`, init));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A desk that checks signatures and remembers what it was told. */
export interface LocalDesk extends LocalServer {
  /** How it answers from now on. */
  status: number;
  /** The next delivery that it hasn't given out yet. */
  next(): Promise<BridgeDelivery>;
}

/** Opens a desk. */
export async function localDesk(): Promise<LocalDesk> {
  const told: BridgeDelivery[] = [];
  const waiters: ((delivery: BridgeDelivery) => void)[] = [];
  const desk = { status: 200 };
  const server = await serve(async (request) => {
    const body = await request.text();
    const signature = request.headers.get('x-parley-signature') ?? undefined;
    if (!isSigned(body, signature, { secret: SECRET, nowMs: Date.now() })) return new Response(null, { status: 401 });
    const delivery = decodeBridgeDelivery(body);
    if (delivery && desk.status < 300) (waiters.shift() ?? ((each) => told.push(each)))(delivery);
    return new Response(null, { status: desk.status });
  });
  return Object.assign(desk, server, {
    next(): Promise<BridgeDelivery> {
      const [first] = told.splice(0, 1);
      return first ? Promise.resolve(first) : new Promise<BridgeDelivery>((resolve) => void waiters.push(resolve));
    },
  });
}

/** A gateway with a folder of its own. */
export interface BridgedGateway {
  gateway: Gateway;
  url: string;
  /** Posts an event as a desk does. */
  tell(event: BridgeEvent, more?: { secret?: string; headers?: Record<string, string> }): Promise<Response>;
  post(path: string, body: string, headers?: Record<string, string>): Promise<Response>;
  /** A user who has asked for a person. */
  handedOff(): Promise<WireClient>;
}

/** A folder in which gateways may run, one after the other. */
export interface GatewayFolder {
  start(): Promise<BridgedGateway>;
  databaseUrl: string;
  remove(): void;
}

/** A folder with a configuration: agent `desked` hands off to a webhook, `other` elsewhere, `shop` to Chatwoot. */
export function gatewayFolder(urls: { webhook: string; chatwoot?: string }, agent = 'desked'): GatewayFolder {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bridge-'));
  const chat = { provider: 'script', script: 'demo' };
  const token = 'parley-bridge-token';
  const config = {
    connectors: [{ id: 'bridge', token, hosts: ['localhost'], agent, account: 'acme', project: 'shop' }],
    agents: {
      desked: { chat, handoff: { kind: 'webhook', url: urls.webhook, secret: SECRET } },
      other: { chat, handoff: { kind: 'webhook', url: urls.webhook, secret: OTHER_SECRET } },
      shop: {
        chat,
        handoff: {
          kind: 'chatwoot',
          baseUrl: urls.chatwoot ?? urls.webhook,
          inboxIdentifier: 'inbox-identifier',
          webhookToken: WEBHOOK_TOKEN,
        },
      },
    },
  };
  writeFileSync(join(folder, 'parley.yaml'), JSON.stringify(config));
  const databaseUrl = `file:${folder}/parley.db`;
  return {
    databaseUrl,
    async start() {
      const env = {
        PORT: '0',
        PARLEY_CONFIG: join(folder, 'parley.yaml'),
        DATABASE_URL: databaseUrl,
        PARLEY_SECRET: 'a secret for tests only, 32 chars',
      };
      const read = readConfig(env, { cwd: folder });
      if ('problems' in read) throw new Error(read.problems.join('\n'));
      const gateway = await createGateway({ config: read.config });
      const { url } = await gateway.listen();
      return { gateway, url, ...actsOn(url, token) };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function actsOn(url: string, token: string): Pick<BridgedGateway, 'tell' | 'post' | 'handedOff'> {
  const client = clientOf(url);
  const post: BridgedGateway['post'] = (path, body, headers = {}) => client.post(path, { body, headers });
  return {
    post,
    tell(event, { secret = SECRET, headers = {} } = {}) {
      const body = encodeBridgeEvent(event);
      const signed = { 'x-parley-signature': sign(body, secret, Date.now()), 'idempotency-key': event.id };
      return post(`/api/v1/handoff/${event.caseId}/events`, body, { ...signed, ...headers });
    },
    async handedOff() {
      const granted = await post('/api/v1/access-token', '{}', { 'x-token': token, 'x-host': 'localhost' });
      const { access_token } = (await granted.json()) as { access_token: string };
      const session_id = await client.createSession(access_token);
      const user = await client.connect({ session_id, access_token });
      user.send('REQUEST_POLY_AGENT_JOIN');
      user.send('USER_MESSAGE', { text: 'a human, please' });
      return user;
    },
  };
}

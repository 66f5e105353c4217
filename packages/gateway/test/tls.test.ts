// A gateway that terminates TLS itself, with a certificate made for the occasion.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoHeaders, startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { WireClient } from './wire-client.ts';

let folder: string;
let ca: string;
let parley: TestGateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-tls-'));
  const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const made = ['-keyout', tls.key, '-out', tls.cert, '-subj', '/CN=parley', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', ...kind, ...made], { stdio: 'ignore' });
  ca = readFileSync(tls.cert, 'utf8');
  parley = await startGateway({ server: { tls } });
});

afterAll(async () => {
  await parley.gateway.close();
  rmSync(folder, { recursive: true });
});

/** Posts nothing, and reads the answer. */
async function post(path: string, headers: Record<string, string>): Promise<Record<string, string>> {
  const asking = request(`${parley.url}${path}`, { method: 'POST', headers, ca });
  asking.end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return JSON.parse(await text(answer)) as Record<string, string>;
}

it('is reached by https and wss, with the certificate of the configuration', async () => {
  expect(parley.url).toMatch(/^https:/);
  const { access_token = '' } = await post('/api/v1/access-token', demoHeaders);
  const { session_id = '' } = await post('/api/v1/sessions', { authorization: `Bearer ${access_token}` });
  const url = parley.socketUrl({ session_id, access_token });
  expect(url).toMatch(/^wss:/);
  const client = await WireClient.open(url, {}, { ca });
  await client.next('SESSION_START');
  await client.close();
});

it('is not trusted by whoever does not know the certificate', async () => {
  await expect(parley.post('/api/v1/access-token')).rejects.toThrow('fetch failed');
});

it('speaks to nobody without TLS', async () => {
  await expect(fetch(parley.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
});

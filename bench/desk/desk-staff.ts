// People at the desk of a Parley under test: made by its command line, signed in over its API.
import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { gather } from '../chat/parley-sessions.ts';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.resolve('@parley/gateway')));
const run = promisify(execFile);

/** Somebody's name and password. */
export interface Credentials {
  id: string;
  password: string;
}

/** Adds people to the database of a configuration. */
export async function addStaff(configFile: string, count: number): Promise<Credentials[]> {
  const env = { PATH: process.env['PATH'], PARLEY_CONFIG: configFile };
  let made = 0;
  return gather(count, async () => {
    const id = `person-${++made}`;
    const { stdout } = await run(process.execPath, [CLI, 'desk-user', 'add', id, '--name', id, '--json'], { env });
    return JSON.parse(stdout) as Credentials;
  });
}

/** Signs somebody in, from an address of their own: tries are counted per address. Answers the token. */
export function signIn(port: number, { id, password }: Credentials, address: string): Promise<string> {
  const options = { host: '127.0.0.1', port, path: '/api/v1/desk/sign-in', method: 'POST', localAddress: address };
  return new Promise((resolve, reject) => {
    const asked = request(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`signing in answered ${response.statusCode}: ${body}`));
        else resolve((JSON.parse(body) as { token: string }).token);
      });
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ id, password, session: 'token' }));
  });
}

/** Opens somebody's feed; `onNews` is given every frame. Resolves when everything was told. */
export function openFeed(port: number, token: string, onNews: (frame: Buffer) => void): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/desk/feed`, { headers, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('message', () => {
      socket.on('message', onNews);
      resolve(socket);
    });
  });
}

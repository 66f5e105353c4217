// Debian's TURN server on loopback, for tests of calls that have to be relayed.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server that relays to loopback, too. */
export interface TurnServer {
  /** It takes UDP and TCP there. */
  port: number;
  /** And TLS there, if it has a certificate. */
  tlsPort: number;
  stop(): Promise<void>;
}

/** Paths of PEM files. */
export interface Certificate {
  cert: string;
  pkey: string;
}

/** Starts coturn, with credentials that are signed with this secret. Rejects when it ends before it listens. */
export async function startTurnServer(secret: string, certificate?: Certificate): Promise<TurnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-turn-'));
  const [port, tlsPort] = await Promise.all([freePort(), freePort()]);
  const settings = {
    'listening-ip': '127.0.0.1',
    'listening-port': String(port),
    'tls-listening-port': String(tlsPort),
    'relay-ip': '127.0.0.1',
    realm: 'parley.test',
    'static-auth-secret': secret,
    userdb: join(folder, 'users'),
    pidfile: join(folder, 'pid'),
    'log-file': join(folder, 'log'),
    ...certificate,
  };
  const switches = [
    'use-auth-secret',
    'allow-loopback-peers',
    'no-cli',
    'no-dtls',
    'simple-log',
    ...(certificate ? [] : ['no-tls']),
  ];
  const args = [
    ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
    ...switches.map((name) => `--${name}`),
  ];
  const program = spawn('turnserver', ['-n', ...args], { stdio: 'ignore' });
  const ended = once(program, 'exit');
  await Promise.race([
    untilItListens(port, program),
    ended.then(() => Promise.reject(new Error('turnserver has ended'))),
  ]);
  return {
    port,
    tlsPort,
    async stop() {
      program.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilItListens(port: number, program: ChildProcess): Promise<void> {
  while (program.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

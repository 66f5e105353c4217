// An OpenAI-Realtime-compatible server on loopback, for tests: the upstream's documented events, with faults.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { ordinaryScript, type ServerScript } from './server-script.ts';
import { createUpstreamSession, type UpstreamSession } from './upstream-session.ts';

/** How the server meets new connections. */
export type Welcome =
  | 'open'
  /** Takes the connection and says nothing. */
  | 'silent'
  /** Refuses with this status. */
  | number;

export interface RealtimeServer {
  /** The API's base, version included. */
  readonly url: string;
  /** How connections are met from now on. */
  welcome: Welcome;
  script: ServerScript;
  readonly sessions: readonly UpstreamSession[];
  /** Requests to connect, refused ones included: path and `Authorization`. */
  readonly requests: readonly { path: string; authorization: string | undefined }[];
  /** The session of this number, from 0, once it is there. */
  session(index: number): Promise<UpstreamSession>;
  /** Resolves when a request has made its way to the server and back. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function startRealtimeServer(script: Partial<ServerScript> = {}): Promise<RealtimeServer> {
  const http = createServer((_request, response) => response.end());
  const sockets = new WebSocketServer({ noServer: true });
  const sessions: UpstreamSession[] = [];
  const requests: RealtimeServer['requests'][number][] = [];
  const waiting = new Map<number, (session: UpstreamSession) => void>();
  const counts = { id: 0, reply: 0, utterance: 0 };

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: RealtimeServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    welcome: 'open',
    script: { ...ordinaryScript, ...script },
    sessions,
    requests,
    session(index) {
      const there = sessions[index];
      return there ? Promise.resolve(there) : new Promise((resolve) => waiting.set(index, resolve));
    },
    async settled() {
      await (await fetch(server.url)).text();
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };

  http.on('upgrade', (request, socket, head) => {
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const { welcome } = server;
    if (typeof welcome === 'number') {
      socket.end(`HTTP/1.1 ${welcome} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (welcome === 'silent') return;
      const session = createUpstreamSession(webSocket, {
        script: server.script,
        newId: (prefix) => `${prefix}_${++counts.id}`,
        nextReply: () => counts.reply++,
        nextUtterance: () => counts.utterance++,
      });
      waiting.get(sessions.push(session) - 1)?.(session);
    });
  });
  return server;
}

// Writes an HTTP answer straight to a socket, where there is no response object: handshakes and broken requests.
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Timers } from '../kit/index.ts';
import type { Answer } from './failure-answer.ts';

/** Clients get this long to read the answer and hang up. */
const LINGER_MS = 2_000;

/** Writes a complete answer and closes. A bare hang-up would look like a network failure to the client. */
export function endWith(socket: Duplex, answer: Answer, timers: Timers): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const headers = {
    ...answer.headers,
    'Content-Length': String(Buffer.byteLength(answer.body)),
    Connection: 'close',
  };
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${answer.body}`);
  // What the client still sends is of no interest, but unread it would cost it the answer.
  socket.resume();
  timers.after(LINGER_MS, () => socket.destroy());
}

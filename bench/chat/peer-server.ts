// What the bare peers have in common: a WebSocket server on a free port that hands each message to whoever answers it.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { reportToBench } from '../server-process.ts';

/** Serves until the process is told to end. */
export function servePeer(answer: (socket: WebSocket, message: Buffer) => void): void {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (socket) => socket.on('message', (message: Buffer) => answer(socket, message)));
  http.listen(0, '127.0.0.1', () => reportToBench((http.address() as AddressInfo).port));
  process.on('SIGTERM', () => process.exit(0));
}

/** A message parsed, with an id and a time, as a frame. */
export function echoOf(message: Buffer): string {
  const event = JSON.parse(message.toString()) as { type: string; payload: object; metadata?: object };
  return JSON.stringify({ id: randomUUID(), sequence: 1, timestamp: new Date().toISOString(), ...event });
}

// The peer: the least a WebSocket chat server can do with `ws`. It parses each frame, adds an id and a time,
// and sends it back. It stores nothing and forgets at once.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { reportToBench } from '../server-process.ts';

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });

sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { type: string; payload: object; metadata?: object };
    const echo = { id: randomUUID(), sequence: 1, timestamp: new Date().toISOString(), ...event };
    socket.send(JSON.stringify(echo));
  });
});
http.listen(0, '127.0.0.1', () => reportToBench((http.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));

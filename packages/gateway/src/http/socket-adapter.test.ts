import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { LogFields } from '../kit/index.ts';
import { silentLog } from '../kit/index.ts';
import type { Connection } from '../messaging/index.ts';
import { WsSocket, passFrames } from './socket-adapter.ts';

/** A connection that notes what reaches it, or throws. */
function listening(onReceived: (text: string) => void = () => {}) {
  const heard: unknown[] = [];
  const faults: unknown[] = [];
  const connection = {
    session: { info: { id: 's1' } },
    received(text: string, bytes: number) {
      onReceived(text);
      heard.push([text, bytes]);
    },
    receivedBinary: () => void heard.push('binary'),
    close: (code: number) => void heard.push(code),
    closed: () => void heard.push('closed'),
  } as unknown as Connection;
  const webSocket = new EventEmitter();
  const log = { ...silentLog, error: (fields: LogFields) => void faults.push(fields) };
  passFrames(webSocket as unknown as WebSocket, connection, log);
  return { heard, faults, webSocket };
}

describe('passFrames', () => {
  it('passes text with its size in bytes, and the end', () => {
    const { heard, webSocket } = listening();
    webSocket.emit('message', Buffer.from('grüß'), false);
    webSocket.emit('close');
    expect(heard).toEqual([['grüß', 6], 'closed']);
  });

  it('takes what is no UTF-8 for what it is: no text', () => {
    const { heard, webSocket } = listening();
    webSocket.emit('message', Buffer.from([0xc3, 0x28]), false);
    webSocket.emit('message', Buffer.from('text'), true);
    expect(heard).toEqual(['binary', 'binary']);
  });

  it('closes the socket with 1011 when a frame meets a fault of ours, and throws nothing', () => {
    const bug = new Error('a bug');
    const { heard, faults, webSocket } = listening(() => {
      throw bug;
    });
    webSocket.emit('message', Buffer.from('bad'), false);
    expect([faults, heard]).toEqual([[{ sessionId: 's1', err: bug }], [1011]]);
  });

  it('survives errors of the socket', () => {
    const { webSocket } = listening();
    expect(() => webSocket.emit('error', new Error('reset'))).not.toThrow();
  });
});

describe('WsSocket', () => {
  it('sends to an open socket and to no other', () => {
    const sent: string[] = [];
    const webSocket = { OPEN: 1, readyState: 1, bufferedAmount: 7, send: (text: string) => void sent.push(text) };
    const socket = new WsSocket(webSocket as unknown as WebSocket);
    socket.send('one');
    webSocket.readyState = 2;
    socket.send('two');
    expect(sent).toEqual(['one']);
    expect(socket.bufferedBytes).toBe(7);
  });
});

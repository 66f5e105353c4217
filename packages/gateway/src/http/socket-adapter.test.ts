import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Connection } from '../messaging/index.ts';
import { passFrames, socketOn } from './socket-adapter.ts';

/** A connection that notes what reaches it, or throws. */
function listening(onReceived: (text: string) => void = () => {}) {
  const heard: unknown[] = [];
  const faults: unknown[] = [];
  const connection = {
    received(text: string, bytes: number) {
      onReceived(text);
      heard.push([text, bytes]);
    },
    receivedBinary: () => void heard.push('binary'),
    closed: () => void heard.push('closed'),
  } as unknown as Connection;
  const webSocket = new EventEmitter();
  passFrames(webSocket as unknown as WebSocket, connection, (error) => faults.push(error));
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

  it('keeps to itself what goes wrong with one frame', () => {
    const bug = new Error('a bug');
    const { heard, faults, webSocket } = listening((text) => {
      if (text === 'bad') throw bug;
    });
    webSocket.emit('message', Buffer.from('bad'), false);
    webSocket.emit('message', Buffer.from('good'), false);
    expect([faults, heard]).toEqual([[bug], [['good', 4]]]);
  });

  it('survives errors of the socket', () => {
    const { webSocket } = listening();
    expect(() => webSocket.emit('error', new Error('reset'))).not.toThrow();
  });
});

describe('socketOn', () => {
  it('sends to an open socket and to no other', () => {
    const sent: string[] = [];
    const webSocket = { OPEN: 1, readyState: 1, bufferedAmount: 7, send: (text: string) => void sent.push(text) };
    const socket = socketOn(webSocket as unknown as WebSocket);
    socket.send('one');
    webSocket.readyState = 2;
    socket.send('two');
    expect(sent).toEqual(['one']);
    expect(socket.bufferedBytes).toBe(7);
  });
});

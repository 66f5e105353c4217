// The least a server can do between a model and its clients: it asks the model at every message, passes the first
// token on at once and the rest at the end. Its arguments are the model's port, and `bare` when it stores nothing or
// `flushing` when each text is on the disk before it is sent.
import { request } from 'node:http';
import type { WebSocket } from 'ws';
import { openFlushedFile } from './flushed-file.ts';
import { servePeer } from './peer-server.ts';

const [upstreamPort, kind] = process.argv.slice(2);
const keep = kind === 'flushing' ? openFlushedFile() : (_text: string, done: () => void) => done();

interface Chunk {
  choices: { delta: { content?: string } }[];
}

function relay(socket: WebSocket): void {
  const url = `http://127.0.0.1:${upstreamPort}/v1/chat/completions`;
  const asked = request(url, { method: 'POST' }, (response) => {
    let unread = '';
    let hasBegun = false;
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (fragment: string) => {
      const events = (unread + fragment).split('\n\n');
      unread = events.pop() ?? '';
      for (const event of events) {
        const data = event.slice('data: '.length);
        if (data === '[DONE]') continue;
        const { content = '' } = (JSON.parse(data) as Chunk).choices[0]?.delta ?? {};
        if (hasBegun) rest += content;
        else say(socket, content, false);
        hasBegun = true;
      }
    });
    response.on('end', () => say(socket, rest, true));
  });
  asked.end('{}');
}

function say(socket: WebSocket, text: string, isComplete: boolean): void {
  const frame = JSON.stringify({ payload: { text, is_complete: isComplete } });
  keep(frame, () => socket.send(frame));
}

servePeer(relay);

// The least a server can do between a model and its clients: it asks the model at every message, passes the first
// token on at once and the rest at the end. It stores nothing. Its argument is the model's port.
import { request } from 'node:http';
import type { WebSocket } from 'ws';
import { servePeer } from './peer-server.ts';

const upstreamPort = Number(process.argv[2]);

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
  socket.send(JSON.stringify({ payload: { text, is_complete: isComplete } }));
}

servePeer(relay);

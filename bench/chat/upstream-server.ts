// A language model that answers at once and at a steady pace, over the chat-completions protocol. Each answer
// begins with the moment its first token left, so that whoever reads it can tell how long the way took.
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportToBench } from '../server-process.ts';

const TOKENS = 60;
const TOKEN_INTERVAL_MS = 50;

const http = createServer((request, response) => {
  request.resume();
  request.on('end', () => answer(response));
});

function answer(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    if (count === 1) write(response, { role: 'assistant', content: `at:${process.hrtime.bigint()} ` });
    else if (count <= TOKENS) write(response, { content: count % 10 === 0 ? 'there. ' : 'word ' });
    else {
      clearInterval(timer);
      write(response, {}, 'stop');
      response.end('data: [DONE]\n\n');
    }
  }, TOKEN_INTERVAL_MS);
  response.on('close', () => clearInterval(timer));
}

function write(response: ServerResponse, delta: object, finish: string | null = null): void {
  const chunk = {
    id: 'bench',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

http.listen(0, '127.0.0.1', () => reportToBench((http.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));

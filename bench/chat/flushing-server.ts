// The least a chat server can do that loses nothing: the bare echo, but each event is in a file, and the file on the
// disk, before it is sent back. Events that come while the disk works wait for the next turn together. It can't be
// read back, finds nothing, and knows no sessions.
import { randomUUID } from 'node:crypto';
import { fdatasync, openSync, unlinkSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { echoOf, servePeer } from './peer-server.ts';

const path = join(tmpdir(), `parley-bench-${randomUUID()}`);
const file = openSync(path, 'w');
// Nobody reads it, so it needs no name.
unlinkSync(path);

interface Echo {
  socket: WebSocket;
  text: string;
}

let waiting: Echo[] = [];
let busy = false;

function flush(): void {
  if (busy || waiting.length === 0) return;
  busy = true;
  const group = waiting;
  waiting = [];
  write(file, group.map(({ text }) => text).join('\n'), (writeError) => {
    if (writeError) throw writeError;
    fdatasync(file, (syncError) => {
      if (syncError) throw syncError;
      busy = false;
      flush();
      for (const { socket, text } of group) socket.send(text);
    });
  });
}

servePeer((socket, message) => {
  waiting.push({ socket, text: echoOf(message) });
  flush();
});

// The least a chat server can do that loses nothing: the bare echo, but each event is on the disk before it is sent
// back. It finds nothing again, and knows no sessions.
import { openFlushedFile } from './flushed-file.ts';
import { echoOf, servePeer } from './peer-server.ts';

const keep = openFlushedFile();

servePeer((socket, message) => {
  const text = echoOf(message);
  keep(text, () => socket.send(text));
});

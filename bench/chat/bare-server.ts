// The peer: the least a WebSocket chat server can do with `ws`. It parses each frame, adds an id and a time,
// and sends it back. It stores nothing and forgets at once.
import { echoOf, servePeer } from './peer-server.ts';

servePeer((socket, message) => socket.send(echoOf(message)));

// A client that changes networks, seen from the gateway: its packets come from one address, later from another.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Forwards between a caller and one port of a peer, on loopback. */
export interface PathProxy {
  /** Where the caller sends to. */
  readonly entryPort: number;
  /** What the peer sees: the first path, and the second. */
  readonly pathPorts: readonly [number, number];
  /** From now on the caller's packets come by the second path, `first` before them; the first path is dead. */
  changePath(first: Buffer): void;
  close(): void;
}

/** Opens the proxy. */
export async function openPathProxy(peerPort: number): Promise<PathProxy> {
  const [entry, first, second] = await Promise.all([openSocket(), openSocket(), openSocket()]);
  let path = first;
  let callerPort: number | undefined;

  entry.on('message', (packet, { port }) => {
    callerPort = port;
    path.send(packet, peerPort, '127.0.0.1');
  });
  for (const exit of [first, second]) {
    exit.on('message', (packet) => {
      if (exit === path && callerPort !== undefined) entry.send(packet, callerPort, '127.0.0.1');
    });
  }
  return {
    entryPort: entry.address().port,
    pathPorts: [first.address().port, second.address().port],
    changePath(packet) {
      path = second;
      path.send(packet, peerPort, '127.0.0.1');
    },
    close() {
      for (const socket of [entry, first, second]) socket.close();
    },
  };
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

// ICE over TCP (RFC 6544) for clients whose network lets no UDP through: they connect to one TCP port. The first packet
// of a connection is a STUN check, whose user name tells the call; the connection is then carried on to the UDP port of
// that call, over this machine, where ICE takes it for one more address of the client and checks who it is.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createFrameReader, framed } from './rfc4571.ts';
import { checkedUfrag } from './stun-check.ts';

/** Where the gate stands. */
export interface TcpGateOptions {
  /** The address to listen on. */
  bindAddress: string;
  /** The first port of these that is free is taken. */
  ports: readonly [number, number];
  /** Where the UDP ports of calls are reached from here. */
  udpAddress: string;
}

/** The TCP port of all calls. */
export interface TcpGate {
  /** Rejects when no port is free. */
  readonly port: Promise<number>;
  /** Lets those in who know the call's user name; returns how to end that, for those too who are in. */
  admit(call: { iceUfrag: string; udpPort: number }): () => void;
  close(): void;
}

/** The UDP half of a connection. */
interface Carrier {
  send(packet: Uint8Array): void;
  close(): void;
}

/** So long a connection may take to say whom it wants, ms. */
const PATIENCE_MS = 5_000;
/** Connections at the same time; more are closed at once. */
const MAX_CONNECTIONS = 4_096;
/** What a client doesn't read in time is dropped beyond this, bytes: audio that comes late is worth nothing. */
const MAX_UNSENT = 64 * 1024;

/** Opens the gate. */
export function openTcpGate({ bindAddress, ports, udpAddress }: TcpGateOptions): TcpGate {
  const calls = new Map<string, { udpPort: number; connections: Set<Socket> }>();
  const all = new Set<Socket>();
  const server = createServer(take);
  server.maxConnections = MAX_CONNECTIONS;
  const port = listen(server, bindAddress, ports);
  // Whoever needs it hears of it.
  port.catch(() => {});

  function take(socket: Socket): void {
    let carrier: Carrier | undefined;
    all.add(socket);
    socket.setNoDelay(true);
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => {
      all.delete(socket);
      carrier?.close();
    });
    const read = createFrameReader((packet) => {
      carrier ??= enter(socket, packet);
      carrier?.send(packet);
    });
    socket.on('data', (bytes) => {
      if (!read(bytes)) socket.destroy();
    });
  }

  /** The way on for a connection that has said whom it wants; undefined, and it is closed, when that is nobody. */
  function enter(socket: Socket, packet: Uint8Array): Carrier | undefined {
    const call = calls.get(checkedUfrag(packet) ?? '');
    if (!call) {
      socket.destroy();
      return undefined;
    }
    call.connections.add(socket);
    socket.setTimeout(0);
    socket.on('close', () => call.connections.delete(socket));
    return carry(socket, call.udpPort);
  }

  function carry(socket: Socket, udpPort: number): Carrier {
    const udp = createSocket(udpAddress.includes(':') ? 'udp6' : 'udp4');
    udp.on('error', () => socket.destroy());
    udp.on('message', (packet, { port: from }) => {
      if (from === udpPort && socket.writableLength < MAX_UNSENT) socket.write(framed(packet));
    });
    return {
      send: (packet) => udp.send(packet, udpPort, udpAddress),
      close: () => udp.close(),
    };
  }

  return {
    port,
    admit({ iceUfrag, udpPort }) {
      const call = { udpPort, connections: new Set<Socket>() };
      calls.set(iceUfrag, call);
      return () => {
        calls.delete(iceUfrag);
        for (const socket of call.connections) socket.destroy();
      };
    },
    close() {
      server.close();
      for (const socket of all) socket.destroy();
    },
  };
}

async function listen(server: Server, host: string, [first, last]: readonly [number, number]): Promise<number> {
  for (let port = first; ; port += 1) {
    try {
      server.listen(port, host);
      await once(server, 'listening');
      return port;
    } catch (error) {
      if (port >= last || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

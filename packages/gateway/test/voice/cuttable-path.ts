// A network between a caller and the gateway that can be cut.
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Forwards UDP both ways on loopback. */
export interface CuttablePath {
  /** Where the far side is, as the near side sees it. */
  readonly candidate: string;
  /** From now on nothing arrives, in either direction. */
  cut(): void;
  mend(): void;
}

/**
 * Opens a path to whoever announces a port in a description: to the gateway by an answer, to the caller by its own
 * candidate (`a=candidate:…`). It is closed when the test is over.
 */
export async function openPath(description: string): Promise<CuttablePath> {
  const farPort = Number(/^a=candidate:.* (\d+) typ host/m.exec(description)?.[1]);
  const [inner, outer] = await Promise.all([openSocket(), openSocket()]);
  let nearPort: number | undefined;
  let isCut = false;
  inner.on('message', (packet, { port }) => {
    nearPort = port;
    if (!isCut) outer.send(packet, farPort, '127.0.0.1');
  });
  outer.on('message', (packet) => {
    if (!isCut && nearPort !== undefined) inner.send(packet, nearPort, '127.0.0.1');
  });
  onTestFinished(() => {
    inner.close();
    outer.close();
  });
  return {
    candidate: `candidate:1 1 udp 2114977791 127.0.0.1 ${inner.address().port} typ host`,
    cut: () => (isCut = true),
    mend: () => (isCut = false),
  };
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

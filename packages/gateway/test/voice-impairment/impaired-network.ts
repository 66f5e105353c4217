// A bad network between a caller and the gateway: loses, delays and doubles packets, the same ones each time, and can
// be cut.
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** What becomes of packets; shares are of 1. */
export interface Faults {
  lost: number;
  doubled: number;
  /** Each packet is up to so much late, whatever others are. */
  jitterMs: number;
}

/** Forwards UDP both ways on loopback, well until told otherwise. */
export interface ImpairedNetwork {
  /** The gateway's address, as the caller sees it. */
  readonly candidate: string;
  /** From now on. */
  impair(faults: Faults): void;
  /** Nothing gets through for so long. Resolves when it does again. */
  cut(forMs: number): Promise<void>;
  /** What the network has done so far. */
  readonly counts: Readonly<{ lost: number; doubled: number; passed: number }>;
}

/** Opens a network to the port that an answer announces; it is closed when the test is over. */
export async function openNetwork(answer: string): Promise<ImpairedNetwork> {
  const gatewayPort = Number(/^a=candidate:.* (\d+) typ host/m.exec(answer)?.[1]);
  const [inner, outer] = await Promise.all([openSocket(), openSocket()]);
  const random = seededRandom();
  const counts = { lost: 0, doubled: 0, passed: 0 };
  const delayed = new Set<NodeJS.Timeout>();
  let faults: Faults = { lost: 0, doubled: 0, jitterMs: 0 };
  let callerPort: number | undefined;
  let isCut = false;

  function pass(from: Socket, packet: Buffer, port: number): void {
    const delay = setTimeout(() => {
      delayed.delete(delay);
      from.send(packet, port, '127.0.0.1');
    }, random() * faults.jitterMs);
    delayed.add(delay);
    counts.passed += 1;
  }

  function carry(from: Socket, packet: Buffer, port: number): void {
    if (isCut) return;
    if (random() < faults.lost) {
      counts.lost += 1;
      return;
    }
    pass(from, packet, port);
    if (random() >= faults.doubled) return;
    counts.doubled += 1;
    pass(from, packet, port);
  }

  inner.on('message', (packet, { port }) => {
    callerPort = port;
    carry(outer, packet, gatewayPort);
  });
  outer.on('message', (packet) => {
    if (callerPort !== undefined) carry(inner, packet, callerPort);
  });
  onTestFinished(() => {
    for (const delay of delayed) clearTimeout(delay);
    inner.close();
    outer.close();
  });

  return {
    candidate: `candidate:1 1 udp 2114977791 127.0.0.1 ${inner.address().port} typ host`,
    impair: (next) => void (faults = next),
    cut: (forMs) =>
      new Promise((resolve) => {
        isCut = true;
        setTimeout(() => {
          isCut = false;
          resolve();
        }, forMs);
      }),
    counts,
  };
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** Numbers of [0, 1), the same each time. */
function seededRandom(): () => number {
  let state = 20_261;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

// A bad network between a caller and the gateway: loses, delays and doubles packets by numbers that are the same each
// time, and can be cut.
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { randomBelow } from '../sdk-behaviour/random.ts';

/** What becomes of packets; shares are of 1. */
export interface Faults {
  lost: number;
  doubled: number;
  /** Each packet is up to so much late, whatever others are. */
  jitterMs: number;
  /** Decides which packets it hits. */
  seed: number;
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
  const counts = { lost: 0, doubled: 0, passed: 0 };
  const delayed = new Set<NodeJS.Timeout>();
  // What comes one way is hit alike, whatever comes the other way.
  let up = luckOf({ lost: 0, doubled: 0, jitterMs: 0, seed: 0 });
  let down = up;
  let callerPort: number | undefined;
  let isCut = false;

  function pass(from: Socket, packet: Buffer, port: number, lateMs: number): void {
    const delay = setTimeout(() => {
      delayed.delete(delay);
      from.send(packet, port, '127.0.0.1');
    }, lateMs);
    delayed.add(delay);
    counts.passed += 1;
  }

  function carry(from: Socket, packet: Buffer, port: number, luck: () => number[]): void {
    if (isCut) return;
    const arrivals = luck();
    if (arrivals.length === 0) counts.lost += 1;
    if (arrivals.length === 2) counts.doubled += 1;
    for (const lateMs of arrivals) pass(from, packet, port, lateMs);
  }

  inner.on('message', (packet, { port }) => {
    callerPort = port;
    carry(outer, packet, gatewayPort, up);
  });
  outer.on('message', (packet) => {
    if (callerPort !== undefined) carry(inner, packet, callerPort, down);
  });
  onTestFinished(() => {
    for (const delay of delayed) clearTimeout(delay);
    inner.close();
    outer.close();
  });

  return {
    candidate: `candidate:1 1 udp 2114977791 127.0.0.1 ${inner.address().port} typ host`,
    impair(faults) {
      up = luckOf(faults);
      down = luckOf({ ...faults, seed: faults.seed + 1_000 });
    },
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

/** By how many milliseconds each arrival of the next packet is late: none when it is lost, two when it is doubled. */
function luckOf({ lost, doubled, jitterMs, seed }: Faults): () => number[] {
  const below = randomBelow(seed);
  const chance = (): number => below(1_000_000) / 1_000_000;
  return () => {
    // As many numbers for each packet, whatever becomes of it.
    const [loss, doubling, first, second] = [chance(), chance(), chance() * jitterMs, chance() * jitterMs];
    if (loss < lost) return [];
    return doubling < doubled ? [first, second] : [first];
  };
}

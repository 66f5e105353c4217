import { describe, expect, it } from 'vitest';
import { readCandidate } from '../../negotiation/candidates.ts';
import { createCandidateRanks } from './candidate-priority.ts';

const bestHost = 2_130_706_431;
/** What a client asks for an address that we find by ourselves, at the least: 110 * 2^24. */
const leastReflexive = 1_845_493_760;

const candidate = (port: number, priority: number, type = 'host'): string =>
  `candidate:1 1 udp ${priority} 192.0.2.7 ${port} typ ${type}`;

function ranks() {
  let nowMs = 0;
  const made = createCandidateRanks({ nowMs: () => nowMs });
  return {
    priority: (line: string) => readCandidate(made.rank(line) ?? '')?.priority,
    connected: () => made.connected(),
    wait: (ms: number) => void (nowMs += ms),
  };
}

describe('candidates told before the connection', () => {
  it('keep their order below what we find by ourselves', () => {
    const { priority } = ranks();
    const relay = priority(candidate(1, 16_777_215, 'relay'))!;
    const host = priority(candidate(2, bestHost))!;
    expect(relay).toBeLessThan(host);
    expect(host).toBeLessThan(leastReflexive);
    expect(priority(candidate(3, 0))).toBe(1);
  });

  it('are taken once each, and leave room for later ones', () => {
    const { priority, connected } = ranks();
    const taken = Array.from({ length: 30 }, (_, port) => priority(candidate(port, bestHost)));
    expect(taken.filter((each) => each !== undefined)).toHaveLength(10);
    connected();
    expect(priority(candidate(0, bestHost))).toBeUndefined();
    expect(priority(candidate(99, 1))).toBeDefined();
  });
});

describe('candidates told during the call', () => {
  it('VOX-059 come before all others, the newest first', () => {
    const { priority, connected } = ranks();
    connected();
    const first = priority(candidate(1, bestHost))!;
    const second = priority(candidate(2, 1))!;
    expect(first).toBeGreaterThan(bestHost);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(2 ** 31);
  });

  it('may be relays that were slow to answer: those are early ones still', () => {
    const { priority, connected, wait } = ranks();
    connected();
    wait(9_000);
    expect(priority(candidate(1, 16_777_215, 'relay'))).toBeLessThan(leastReflexive);
    wait(2_000);
    expect(priority(candidate(2, 16_777_215, 'relay'))).toBeGreaterThan(bestHost);
  });
});

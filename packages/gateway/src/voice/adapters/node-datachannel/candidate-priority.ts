// Priorities of the client's candidates, so that the newest path it chooses becomes ours (RFC 8445, section 8.1.1).
//
// libjuice sends to the nominated pair with the highest priority, and never forgets a nomination. A client that changes
// networks nominates a second pair, often one with a lower priority; we would go on sending to its old network until the
// call is lost. So candidates known from the start get priorities below those of addresses that libjuice finds by itself
// (peer-reflexive ones, whose priority the client sets), and candidates told during the call get ones above all of them.
import type { Clock } from '../../../kit/index.ts';
import { readCandidate, writeCandidate } from '../../negotiation/candidates.ts';

/** The candidates of a client in one ICE session, each once. */
export interface CandidateRanks {
  /** The line with the priority that makes libjuice follow the client; undefined when it is known or finds no room. */
  rank(line: string): string | undefined;
  /** From now on candidates are of new networks. */
  connected(): void;
}

/** Keeps the order, and ends below 2^29, where peer-reflexive priorities (110 * 2^24) don't reach. */
const earlyDivisor = 4;

/** Above the usual priority of the best host candidate, 2130706431; the highest there may be is 2^31 - 1. */
const lateStart = 2_130_706_432;

/** Relays take long to answer: one told so soon after connecting is of the first network, and no better than others. */
const slowRelayMs = 10_000;

/** libjuice keeps 20 remote candidates, its own finds included: some are left for new networks. */
const maxEarly = 10;

/** Makes the ranks of one ICE session. */
export function createCandidateRanks(clock: Clock): CandidateRanks {
  const known = new Set<string>();
  let connectedAtMs: number | undefined;
  let late = 0;

  function isEarly(type: string): boolean {
    if (connectedAtMs === undefined) return true;
    return type === 'relay' && clock.nowMs() - connectedAtMs < slowRelayMs;
  }

  return {
    rank(line) {
      const candidate = readCandidate(line);
      if (!candidate) return undefined;
      const at = `${candidate.address} ${candidate.port}`;
      const early = isEarly(candidate.type);
      if (known.has(at) || (early && known.size >= maxEarly)) return undefined;
      known.add(at);
      if (!early) late += 1;
      const priority = early ? 1 + Math.floor(candidate.priority / earlyDivisor) : lateStart + late;
      return writeCandidate({ ...candidate, priority });
    },
    connected() {
      connectedAtMs ??= clock.nowMs();
    },
  };
}

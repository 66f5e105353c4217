// ICE candidates as lines (RFC 8839, section 5.1): which of the client's are any use, and which of ours to announce.
import { isIP } from 'node:net';
import type { CandidateKind } from '../ports/peer.ts';

/** A candidate, taken apart. */
export interface Candidate {
  foundation: string;
  /** 1: RTP, 2: RTCP. */
  component: number;
  protocol: 'udp' | 'tcp';
  /** 32 bits; higher is better. */
  priority: number;
  /** An IP address, or a name such as `….local`. */
  address: string;
  port: number;
  type: CandidateKind['type'];
  /** What follows the type: related address, `tcptype`, extensions. Empty or with a leading space. */
  rest: string;
}

/** Most candidates that are announced for one call. */
const maxAnnounced = 16;

const maxLineLength = 512;
const shape =
  /^candidate:(\S{1,32}) (\d{1,3}) (udp|tcp) (\d{1,10}) (\S{1,255}) (\d{1,5}) typ (host|srflx|prflx|relay)((?: \S+)*)$/i;

/** Reads a line as `candidate:…` or `a=candidate:…`; `undefined` when it isn't one. */
export function readCandidate(line: string): Candidate | undefined {
  if (line.length > maxLineLength) return undefined;
  const match = shape.exec(line.trim().replace(/^a=/, ''));
  if (!match) return undefined;
  const [, foundation = '', component, protocol = '', priority, address = '', port, type = '', rest = ''] = match;
  if (Number(port) > 65_535) return undefined;
  return {
    foundation,
    component: Number(component),
    protocol: protocol.toLowerCase() as Candidate['protocol'],
    priority: Number(priority),
    address,
    port: Number(port),
    type: type.toLowerCase() as Candidate['type'],
    rest,
  };
}

/** Writes `candidate:…`. */
export function writeCandidate(candidate: Candidate): string {
  const { foundation, component, protocol, priority, address, port, type, rest } = candidate;
  return `candidate:${foundation} ${component} ${protocol} ${priority} ${address} ${port} typ ${type}${rest}`;
}

/**
 * A candidate of the client in the form the native stack takes; `undefined` when it is no use to us: RTCP's own
 * component, TCP, a name instead of an address (nothing is looked up for a client), or garbage.
 */
export function usableCandidate(line: string): string | undefined {
  const candidate = readCandidate(line);
  if (!candidate) return undefined;
  const { component, protocol, address, port } = candidate;
  return component === 1 && protocol === 'udp' && isIP(address) !== 0 && port > 0
    ? writeCandidate(candidate)
    : undefined;
}

/**
 * What is announced for one of our candidates. Behind a NAT that maps ports one to one, a host candidate of the
 * address family of `publicIp` is announced with that address first, which then is the preferred one, and as it is.
 */
export function announcedCandidates(line: string, publicIp: string | undefined): string[] {
  const candidate = readCandidate(line);
  if (!candidate) return [];
  const isMapped =
    publicIp !== undefined &&
    candidate.type === 'host' &&
    candidate.address !== publicIp &&
    isIP(candidate.address) === isIP(publicIp);
  if (!isMapped) return [writeCandidate(candidate)];
  const mapped = { ...candidate, foundation: `${candidate.foundation}p`, address: publicIp };
  return [writeCandidate(mapped), writeCandidate({ ...candidate, priority: candidate.priority - 1 })];
}

/** The candidates to announce of those known, without repetition and no more than clients can take. */
export function announceAll(lines: readonly string[], publicIp: string | undefined): string[] {
  const announced = lines.flatMap((line) => announcedCandidates(line, publicIp));
  return [...new Set(announced)].slice(0, maxAnnounced);
}

/** Type preference of TCP host candidates, below UDP's of any kind (RFC 6544, section 4.2). */
const tcpPreference = 90 * 2 ** 24;

/** These candidates, and each host once more for clients that connect to its address over TCP (RFC 6544). */
export function withTcp(lines: readonly string[], port: number): string[] {
  const hosts = lines.map(readCandidate).filter((candidate) => candidate?.type === 'host');
  const passive = hosts.map(
    (host) =>
      host &&
      writeCandidate({
        ...host,
        foundation: `${host.foundation}t`,
        protocol: 'tcp',
        priority: tcpPreference + (host.priority % 2 ** 24),
        port,
        rest: ' tcptype passive',
      }),
  );
  return [...lines, ...passive.filter((line) => line !== undefined)].slice(0, maxAnnounced);
}

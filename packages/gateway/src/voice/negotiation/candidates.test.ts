import { describe, expect, it } from 'vitest';
import { announceAll, announcedCandidates, usableCandidate } from './candidates.ts';

const host = 'candidate:1 1 udp 2122260223 192.0.2.7 40000 typ host';

describe('a candidate of the client', () => {
  it.each([
    ['as it is written', host, host],
    ['with a=', `a=${host}`, host],
    ['in capitals', host.replace('udp', 'UDP'), host],
    ['of IPv6', host.replace('192.0.2.7', '2001:db8::7'), host.replace('192.0.2.7', '2001:db8::7')],
    [
      'with what follows the type',
      'candidate:2 1 udp 1 203.0.113.5 9000 typ srflx raddr 0.0.0.0 rport 0 generation 0 network-cost 999',
      'candidate:2 1 udp 1 203.0.113.5 9000 typ srflx raddr 0.0.0.0 rport 0 generation 0 network-cost 999',
    ],
  ])('is used: %s', (_what, line, used) => {
    expect(usableCandidate(line)).toBe(used);
  });

  it.each([
    ['nothing', ''],
    ['garbage', 'hello'],
    ['half of one', 'candidate:1 1 udp'],
    ['RTCP’s own component', host.replace('1 1 udp', '1 2 udp')],
    ['TCP', 'candidate:1 1 tcp 2105524479 192.0.2.7 9 typ host tcptype active'],
    ['a name of the local network', host.replace('192.0.2.7', '6d8cfb28-50d8-4b86-8b2a-4c8a0d4a2c11.local')],
    ['any other name', host.replace('192.0.2.7', 'evil.example')],
    ['no port', host.replace('40000', '0')],
    ['a port too high', host.replace('40000', '70000')],
    ['an unknown type', host.replace('typ host', 'typ best')],
    ['a second line', `${host}\r\na=ice-lite`],
    ['a very long line', `${host}${' x'.repeat(300)}`],
  ])('is ignored: %s', (_what, line) => {
    expect(usableCandidate(line)).toBeUndefined();
  });
});

describe('our own candidates', () => {
  it('are announced as they are', () => {
    expect(announcedCandidates(`a=${host}`, undefined)).toEqual([host]);
  });

  it('are announced with the public address first, on the same port', () => {
    expect(announcedCandidates(host, '203.0.113.9')).toEqual([
      'candidate:1p 1 udp 2122260223 203.0.113.9 40000 typ host',
      'candidate:1 1 udp 2122260222 192.0.2.7 40000 typ host',
    ]);
  });

  it.each([
    ['it is the public address already', host, '192.0.2.7'],
    ['the public address is of the other family', host, '2001:db8::1'],
    ['it isn’t a host candidate', host.replace('typ host', 'typ srflx'), '203.0.113.9'],
  ])('are announced once where %s', (_where, line, publicIp) => {
    expect(announcedCandidates(line, publicIp)).toEqual([line]);
  });

  it('are at most 16, each once', () => {
    const lines = Array.from({ length: 20 }, (_, index) => host.replace('40000', String(40_000 + index)));
    expect(announceAll([host, host], undefined)).toEqual([host]);
    expect(announceAll(lines, '203.0.113.9')).toHaveLength(16);
  });
});

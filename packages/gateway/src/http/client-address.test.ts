import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

function request(remoteAddress: string, forwarded?: string | string[]): IncomingMessage {
  return { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage;
}

describe('clientAddress', () => {
  it('is the peer’s, whatever a client claims, when no proxy is trusted', () => {
    expect(clientAddress(request('192.0.2.1', '203.0.113.9'), 0)).toBe('192.0.2.1');
  });

  it('is what the trusted proxy saw', () => {
    expect(clientAddress(request('10.0.0.1', '203.0.113.9'), 1)).toBe('203.0.113.9');
  });

  it('is not what the client told the trusted proxy', () => {
    expect(clientAddress(request('10.0.0.1', 'made-up, 203.0.113.9'), 1)).toBe('203.0.113.9');
    expect(clientAddress(request('10.0.0.2', 'made-up, 203.0.113.9, 10.0.0.1'), 2)).toBe('203.0.113.9');
  });

  it('is the farthest there is when fewer proxies spoke than are trusted', () => {
    expect(clientAddress(request('10.0.0.1', '203.0.113.9'), 5)).toBe('203.0.113.9');
    expect(clientAddress(request('10.0.0.1'), 1)).toBe('10.0.0.1');
    expect(clientAddress(request('10.0.0.1', ' , '), 1)).toBe('10.0.0.1');
  });

  it('reads the header when it came in several lines', () => {
    expect(clientAddress(request('10.0.0.2', ['made-up', '203.0.113.9, 10.0.0.1']), 2)).toBe('203.0.113.9');
  });

  it('is one for an IPv4 client, by whichever kind of socket it came', () => {
    expect(clientAddress(request('::ffff:192.0.2.1'), 0)).toBe('192.0.2.1');
  });

  it.each([
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::/64'],
    ['2001:0DB8:0000:0007::4', '2001:db8:0:7::/64'],
    ['2001:db8::4', '2001:db8:0:0::/64'],
    ['2001:db8::7:1:2:3:4', '2001:db8:0:7::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '::1'],
  ])('is the network of an IPv6 client, who has all its addresses: %s', (address, network) => {
    expect(clientAddress(request(address), 0)).toBe(network);
    expect(clientAddress(request('10.0.0.1', address), 1)).toBe(network);
  });

  it('is never longer than an address can be', () => {
    expect(clientAddress(request('10.0.0.1', 'x'.repeat(9000)), 1)).toHaveLength(64);
  });
});

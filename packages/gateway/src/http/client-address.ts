// Who is asking, for limits and logs.
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * The address of the client. `trustProxy` says how many proxies stand in front: each adds the address it saw
 * to `X-Forwarded-For`, so the client's is that many from the right. Whatever stands left of it is hearsay.
 */
export function clientAddress(request: IncomingMessage, trustProxy: number): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (trustProxy === 0) return plain(peer);
  const header = request.headers['x-forwarded-for'];
  const forwarded = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  const hops = [...forwarded.map((hop) => hop.trim()).filter((hop) => hop !== ''), peer];
  return plain(hops[Math.max(0, hops.length - 1 - trustProxy)] ?? peer);
}

/**
 * What counts as one client: an IPv4 address, by whichever kind of socket it came, or an IPv6 network of 64 bits (RFC
 * 6177), for whoever has one of its addresses has them all. Nobody's address is longer than 64 characters.
 */
function plain(address: string): string {
  const known = address.replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 64);
  return isIPv6(known) && !known.startsWith('::') ? networkOf(known) : known;
}

/** The first four groups of an IPv6 address, as one writes a network: `2001:db8:0:7::/64`. */
function networkOf(address: string): string {
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const groups = head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const gap = address.includes('::') ? Array<string>(Math.max(0, 8 - groups.length - last.length)).fill('0') : [];
  const network = [...groups, ...gap, ...last].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}

// Who is asking, for limits and logs.
import type { IncomingMessage } from 'node:http';

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

/** An IPv4 address is the same one when it comes through an IPv6 socket. Nobody's address is longer than this. */
function plain(address: string): string {
  return address.replace(/^::ffff:/i, '').slice(0, 64);
}

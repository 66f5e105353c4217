// Whether a page that asks is one of ours. Browsers say where a request comes from; programs don't.
import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request comes from a page of this server, at `publicUrl` or wherever the browser reached it. */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicUrl: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const asked = new URL(origin);
  const own = new URL(publicUrl);
  // A page that came without TLS may be anybody's.
  if (own.protocol === 'https:' && asked.protocol !== 'https:') return false;
  return asked.origin === own.origin || asked.host === host;
}

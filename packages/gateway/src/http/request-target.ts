// Takes a request's target apart. Targets come from strangers, so nothing here can fail.
import type { IncomingMessage } from 'node:http';

/** Path and query of a request. */
export function targetOf({ url = '' }: IncomingMessage): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

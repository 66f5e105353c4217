// Takes a request's target apart. Targets come from strangers, so nothing here can fail.
import type { IncomingMessage } from 'node:http';

/** Path and query of a request. */
export function targetOf(request: Pick<IncomingMessage, 'url'>): { path: string; query: URLSearchParams } {
  const url = plainTarget(request);
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

/** The target, with one slash where its path has several: clients put paths behind bases that end in one. */
export function plainTarget({ url = '' }: Pick<IncomingMessage, 'url'>): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(/\/{2,}/g, '/') + url.slice(path.length);
}

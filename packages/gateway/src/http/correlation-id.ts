// The id that ties a request to its answer and to its log lines: the client's own, or a fresh one.
// Source: messaging spec, section 1.1.
import type { IncomingMessage } from 'node:http';
import type { NewId } from '../kit/index.ts';

/** The header that carries it, both ways. */
export const correlationHeader = 'X-PolyAI-Correlation-Id';

/** Tells the correlation id of a request: the same one however often it is asked. */
export type CorrelationIdOf = (request: IncomingMessage) => string;

/** Takes the client's id when it is one (1 to 128 printable characters), and makes one up otherwise. */
export function correlationIds(newId: NewId): CorrelationIdOf {
  const ids = new WeakMap<IncomingMessage, string>();
  return (request) => {
    const known = ids.get(request);
    if (known !== undefined) return known;
    const id = presentedId(request) ?? newId();
    ids.set(request, id);
    return id;
  };
}

/** Whether a request brought an id of its own. */
export function namesItself(request: IncomingMessage): boolean {
  return presentedId(request) !== undefined;
}

function presentedId(request: IncomingMessage): string | undefined {
  const presented = request.headers[correlationHeader.toLowerCase()];
  return typeof presented === 'string' && /^[\x20-\x7e\xa0-\xff]{1,128}$/.test(presented) ? presented : undefined;
}

// The way of signals to one caller: through whichever socket spoke for the call last, or kept until one does.
import { encodeSignal } from '@parley/protocol';
import type { ServerSignal } from '@parley/protocol';
import type { Timers } from '../../kit/index.ts';

/** Signals kept for a caller who is away; Android's buffer holds 64 (voice spec, sections 5.2 and 5.4). */
const MAX_KEPT = 60;
/** How long a caller gets to answer a hang-up by closing the socket (voice spec, section 5.6). */
const AGENT_CLOSE_MS = 3_000;
const CLIENT_CLOSE_MS = 5_000;

/** A client's socket, as a line sees it. */
export interface LineEnd {
  send(text: string): void;
  /** A call that it spoke for is over, and the client was given the time to close it. */
  callOver(): void;
}

/** The line of one call. */
export interface CallLine {
  /** From now on signals go through this socket; what was kept goes first. A former socket is left alone. */
  bind(end: LineEnd): void;
  /** The socket is gone. Of no meaning unless it is the one in use. */
  unbind(end: LineEnd): void;
  send(signal: ServerSignal): void;
  /** The call is over. `by`: who hung up. The caller gets some time to close the socket by himself. */
  hangUp(by: 'caller' | 'gateway'): void;
  /** The caller knows that the call is over: the next socket needn't be told. */
  understood(): void;
  /** How often a socket was lost and how often another took its place. */
  readonly drops: number;
  readonly reattaches: number;
}

/** Opens a line. */
export function createCallLine(timers: Timers): CallLine {
  const kept: ServerSignal[] = [];
  let bound: LineEnd | undefined;
  let drops = 0;
  let reattaches = 0;
  let hungUp = false;
  // How the call ended, as the caller is told on every socket until he shows that he knows: the one that it was sent
  // through first may have died unnoticed.
  let last: ServerSignal | undefined;

  function keep(signal: ServerSignal): void {
    kept.push(signal);
    if (kept.length <= MAX_KEPT) return;
    const candidate = kept.findIndex(({ type }) => type === 'ice-candidate');
    kept.splice(Math.max(candidate, 0), 1);
  }

  return {
    bind(end) {
      if (bound === end) return;
      if (drops > reattaches) reattaches++;
      bound = end;
      const waiting = kept.splice(0);
      if (last && !waiting.includes(last)) waiting.push(last);
      for (const signal of waiting) end.send(encodeSignal(signal));
      if (last) timers.after(AGENT_CLOSE_MS, () => end.callOver());
    },
    unbind(end) {
      if (bound !== end) return;
      bound = undefined;
      if (!hungUp) drops++;
    },
    send(signal) {
      if (signal.type === 'close' || signal.type === 'error') last = signal;
      if (bound) bound.send(encodeSignal(signal));
      else keep(signal);
    },
    hangUp(by) {
      hungUp = true;
      const end = bound;
      if (end) timers.after(by === 'caller' ? CLIENT_CLOSE_MS : AGENT_CLOSE_MS, () => end.callOver());
    },
    understood() {
      last = undefined;
      kept.splice(0);
    },
    get drops() {
      return drops;
    },
    get reattaches() {
      return reattaches;
    },
  };
}

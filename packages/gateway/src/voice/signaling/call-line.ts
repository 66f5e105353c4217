// The way of signals to one caller: through whichever socket spoke for the call last, or kept until one does.
import { encodeSignal } from '@parley/protocol';
import type { ServerSignal } from '@parley/protocol';
import type { Timers } from '../../kit/index.ts';
import type { Socket } from '../../messaging/index.ts';

/** Signals kept for a caller who is away; Android's buffer holds 64 (voice spec, sections 5.2 and 5.4). */
const MAX_KEPT = 60;
/** How long a caller gets to answer a hang-up by closing the socket (voice spec, section 5.6). */
const AGENT_CLOSE_MS = 3_000;
const CLIENT_CLOSE_MS = 5_000;

/** The line of one call. */
export interface CallLine {
  /** From now on signals go through this socket; what was kept goes first. A former socket is left alone. */
  bind(socket: Socket): void;
  /** The socket is gone. Of no meaning unless it is the one in use. */
  unbind(socket: Socket): void;
  send(signal: ServerSignal): void;
  /** The call is over: closes the socket with 1000 unless the caller does first. `by`: who hung up. */
  hangUp(by: 'caller' | 'gateway'): void;
  readonly isAttached: boolean;
  /** How often a socket was lost and how often another took its place. */
  readonly drops: number;
  readonly reattaches: number;
}

/** Opens a line. */
export function createCallLine(timers: Timers): CallLine {
  const kept: ServerSignal[] = [];
  let bound: Socket | undefined;
  let drops = 0;
  let reattaches = 0;
  let hungUp = false;

  function keep(signal: ServerSignal): void {
    kept.push(signal);
    if (kept.length <= MAX_KEPT) return;
    const candidate = kept.findIndex(({ type }) => type === 'ice-candidate');
    kept.splice(Math.max(candidate, 0), 1);
  }

  return {
    bind(socket) {
      if (bound === socket) return;
      if (drops > reattaches) reattaches++;
      bound = socket;
      for (const signal of kept.splice(0)) socket.send(encodeSignal(signal));
    },
    unbind(socket) {
      if (bound !== socket) return;
      bound = undefined;
      if (!hungUp) drops++;
    },
    send(signal) {
      if (bound) bound.send(encodeSignal(signal));
      else keep(signal);
    },
    hangUp(by) {
      hungUp = true;
      const socket = bound;
      if (!socket) return;
      timers.after(by === 'caller' ? CLIENT_CLOSE_MS : AGENT_CLOSE_MS, () => socket.close(1000, 'call ended'));
    },
    get isAttached() {
      return bound !== undefined;
    },
    get drops() {
      return drops;
    },
    get reattaches() {
      return reattaches;
    },
  };
}

// Finds sockets whose other end is gone without a word: pings all of them, drops those that stay silent.
import type { WebSocket } from 'ws';
import type { Timers } from '../kit/index.ts';

/** Source: messaging spec, section 2.7. */
const PING_EVERY_MS = 25_000;
const MISSED_PONGS = 2;

/** Watches sockets from `watch` until they close. */
export interface PongWatch {
  watch(webSocket: WebSocket): void;
  stop(): void;
}

/** One timer for all sockets. */
export function watchPongs(timers: Timers): PongWatch {
  const unanswered = new Map<WebSocket, number>();
  const timer = timers.every(PING_EVERY_MS, () => {
    for (const [webSocket, pings] of unanswered) {
      if (pings >= MISSED_PONGS) webSocket.terminate();
      else if (webSocket.readyState === webSocket.OPEN) webSocket.ping();
      unanswered.set(webSocket, pings + 1);
    }
  });
  // Functions that all sockets share: there are many sockets, most of them idle.
  function answered(this: WebSocket): void {
    unanswered.set(this, 0);
  }
  function closed(this: WebSocket): void {
    unanswered.delete(this);
  }
  return {
    watch(webSocket) {
      unanswered.set(webSocket, 0);
      webSocket.on('pong', answered);
      webSocket.on('close', closed);
    },
    stop: () => timer.cancel(),
  };
}

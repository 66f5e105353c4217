// Notices when a caller is out of reach for a while, before the native stack gives him up: what the agent says meanwhile
// would be lost on him.
import type { Clock, Timer, Timers } from '../../kit/index.ts';
import { isRtcp } from '../media/rtcp.ts';

/**
 * So long without any packet. A caller who is muted may send no audio, but reports come at the latest after 7.5 s
 * (RFC 3550, section 6.3.1); STUN, which would tell sooner, isn't seen from here.
 */
const QUIET_MS = 8_000;
const LOOK_MS = 1_000;

/** Watches one call. */
export interface ReachWatch {
  /** A packet of the caller. */
  packet(bytes: Uint8Array): void;
  close(): void;
}

/** Begins to watch. Callers that never send reports are believed to be there. */
export function watchReach(parts: { clock: Clock; timers: Timers; lost(): void; back(): void }): ReachWatch {
  const { clock, timers } = parts;
  let lastMs = clock.nowMs();
  let sendsReports = false;
  let isLost = false;
  const timer: Timer = timers.every(LOOK_MS, () => {
    if (isLost || !sendsReports || clock.nowMs() - lastMs < QUIET_MS) return;
    isLost = true;
    parts.lost();
  });
  return {
    packet(bytes) {
      lastMs = clock.nowMs();
      sendsReports ||= isRtcp(bytes);
      if (!isLost) return;
      isLost = false;
      parts.back();
    },
    close: () => timer.cancel(),
  };
}

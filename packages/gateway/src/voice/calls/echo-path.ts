// The audio of an echo call: what the caller sends comes back, untouched but for its header (voice spec, section 2).
import type { Clock, Timer, Timers } from '../../kit/index.ts';
import { EchoLoop } from '../media/echo-loop.ts';
import type { MonotonicClock } from '../media/pacing-clock.ts';
import { RtcpReporter } from '../media/rtcp-reporter.ts';
import { isRtcp } from '../media/rtcp.ts';
import type { MediaPath } from './media-path.ts';
import { downFigures } from './stream-figures.ts';

/** How often it is looked whether a report is due. */
const LOOK_MS = 500;

/** What an echo path needs of its call. */
export interface EchoPathParts {
  ssrc: number;
  cname: string;
  send: (packet: Uint8Array) => void;
  clock: MonotonicClock;
  wallClock: Clock;
  timers: Timers;
  random32: () => number;
}

/** Makes the path of an echo call. */
export function createEchoPath({ ssrc, cname, send, clock, wallClock, timers, random32 }: EchoPathParts): MediaPath {
  const loop = new EchoLoop({ ssrc, sequence: random32() & 0xffff, timestamp: random32() });
  const reporter = new RtcpReporter({
    ssrc,
    cname,
    sent: () => ({ ...loop.counts, rtpTime: loop.timestamp }),
    received: () => undefined,
    epochMs: wallClock.nowMs() - clock.nowMs(),
    random: () => random32() / 2 ** 32,
  });
  let reports: Timer | undefined;
  return {
    take(packet) {
      if (isRtcp(packet)) {
        reporter.take(packet, clock.nowMs());
        return;
      }
      const echo = loop.take(packet);
      if (echo) send(echo);
    },
    // The payload types are the caller's own.
    renegotiated() {},
    start() {
      reports ??= timers.every(LOOK_MS, () => {
        const report = reporter.due(clock.nowMs());
        if (report) send(report);
      });
    },
    pause() {},
    resume() {},
    figures: () => ({ up: null, down: downFigures(loop.counts, reporter.downlink) }),
    close: () => reports?.cancel(),
  };
}

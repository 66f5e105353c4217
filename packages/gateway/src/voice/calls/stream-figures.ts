// The quality of a call in figures, one direction each.
import { estimateMos } from '../media/mos.ts';
import type { ReceiverStats } from '../media/receiver.ts';
import type { Downlink } from '../media/rtcp-reporter.ts';
import type { SentCounts } from '../media/sender.ts';
import type { StreamFigures } from '../ports/call-records.ts';

/** What the caller's packets went through; null when none came. */
export function upFigures(stats: ReceiverStats, downlink: Downlink | undefined): StreamFigures | null {
  const { received, expected, lost, jitterMs, concealedMs } = stats;
  if (received === 0) return null;
  const rttMs = downlink?.rttMs ?? null;
  // What was recovered from a later packet isn't heard as lost.
  const lossPercent = (Math.max(0, lost - stats.fecRecoveries) / expected) * 100;
  return { packets: received, lost, jitterMs, rttMs, concealedMs, mos: mosOf({ rttMs, jitterMs, lossPercent }) };
}

/** What our packets went through, as the caller reports it; null when he doesn't. */
export function downFigures(sent: SentCounts, downlink: Downlink | undefined): StreamFigures | null {
  if (!downlink || sent.packets === 0) return null;
  const { lost, jitterMs } = downlink;
  const rttMs = downlink.rttMs ?? null;
  const lossPercent = (lost / sent.packets) * 100;
  return {
    packets: sent.packets,
    lost,
    jitterMs,
    rttMs,
    concealedMs: null,
    mos: mosOf({ rttMs, jitterMs, lossPercent }),
  };
}

function mosOf(quality: { rttMs: number | null; jitterMs: number; lossPercent: number }): number {
  return Math.round(estimateMos({ ...quality, rttMs: quality.rttMs ?? 0 }) * 100) / 100;
}

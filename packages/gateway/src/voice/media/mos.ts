// How a call sounds, estimated from the network as a mean opinion score (1 to 5), after the E-model's simplification
// in the voice specification, section 11.7.

/** What the network did to one direction of a call. */
export interface PathQuality {
  /** Round trip. */
  rttMs: number;
  jitterMs: number;
  /** What was lost and could not be hidden, 0 to 100. */
  lossPercent: number;
}

/** What a receiver has counted at some moment. */
export interface ReceptionMark {
  concealedMs: number;
  jitterMs: number;
}

/** The quality of what came between two moments, `elapsedMs` apart. What recovery hid doesn't count as lost. */
export function receivedQuality(
  before: Pick<ReceptionMark, 'concealedMs'>,
  after: ReceptionMark,
  { elapsedMs, rttMs }: { elapsedMs: number; rttMs: number },
): PathQuality {
  const lossPercent = elapsedMs <= 0 ? 0 : (100 * (after.concealedMs - before.concealedMs)) / elapsedMs;
  return { rttMs, jitterMs: after.jitterMs, lossPercent: Math.min(100, lossPercent) };
}

/** The estimate: 4.4 is as good as a call gets, below 3.6 many are annoyed. */
export function estimateMos({ rttMs, jitterMs, lossPercent }: PathQuality): number {
  const effectiveMs = rttMs / 2 + 2 * jitterMs + 10;
  const afterDelay = effectiveMs < 160 ? 93.2 - effectiveMs / 40 : 93.2 - (effectiveMs - 120) / 10;
  const rating = Math.max(0, Math.min(100, afterDelay - 2.5 * lossPercent));
  return 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating);
}

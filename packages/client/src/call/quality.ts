// How good the audio path is, from what was counted on it: loss, jitter and round trip as one opinion score.

/** What a path has counted since it was made; what is unknown is left out. */
export interface PathCounts {
  /** Packets of the agent's that arrived, and that did not. */
  received: number;
  lost: number;
  jitterMs?: number | undefined;
  rttMs?: number | undefined;
  /** What the gateway reports to have missed of ours lately, in percent. */
  lossAtGatewayPercent?: number | undefined;
}

/** In words for people. */
export type QualityGrade = 'good' | 'fair' | 'poor';

/** The path over the last few seconds, the worse of both directions. */
export interface Quality {
  grade: QualityGrade;
  lossPercent: number;
  jitterMs: number;
  rttMs: number;
  /** Mean opinion score, 1 to 4.5. */
  mos: number;
}

/** Below these a listener notices, and is annoyed (ITU-T G.107, annex B). */
const GOOD_FROM_MOS = 4;
const FAIR_FROM_MOS = 3.1;

/** The quality between two counts of one path. */
export function qualityBetween(before: PathCounts, after: PathCounts): Quality {
  const { jitterMs = 0, rttMs = 0, lossAtGatewayPercent = 0 } = after;
  const lossPercent = Math.max(lossBetween(before, after), lossAtGatewayPercent);
  const mos = opinionScore(lossPercent, jitterMs, rttMs);
  return { grade: gradeOf(mos), lossPercent, jitterMs, rttMs, mos };
}

/** The estimate of the voice spec, section 11.7. */
export function opinionScore(lossPercent: number, jitterMs: number, rttMs: number): number {
  const delayMs = rttMs / 2 + 2 * jitterMs + 10;
  const ofDelay = delayMs < 160 ? delayMs / 40 : (delayMs - 120) / 10;
  const r = Math.min(100, Math.max(0, 93.2 - ofDelay - 2.5 * lossPercent));
  return 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
}

// The agent's end sends all the time: when nothing arrives, everything was lost. Late packets count back.
function lossBetween(before: PathCounts, after: PathCounts): number {
  const received = after.received - before.received;
  const lost = Math.max(0, after.lost - before.lost);
  return received + lost > 0 ? (100 * lost) / (received + lost) : 100;
}

function gradeOf(mos: number): QualityGrade {
  if (mos >= GOOD_FROM_MOS) return 'good';
  return mos >= FAIR_FROM_MOS ? 'fair' : 'poor';
}

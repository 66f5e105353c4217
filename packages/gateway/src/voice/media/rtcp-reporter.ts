// When to report to the other side of a call, what to say, and what its reports tell (RFC 3550, section 6).
import { ticksPerMs } from './pcm.ts';
import type { ReceptionReport } from './reception-stats.ts';
import { buildRtcp, parseRtcp, type ReportBlock, type RtcpPacket } from './rtcp.ts';
import type { SentCounts } from './sender.ts';

/** What the other side says of our stream. */
export interface Downlink {
  /** Since the report before, 0 to 100. */
  lossPercent: number;
  /** Since the beginning. */
  lost: number;
  jitterMs: number;
  /** Round trip of the last report; `undefined` until one answers one of ours. */
  rttMs: number | undefined;
}

/** What a reporter looks at, and is given. */
export interface ReporterOptions {
  ssrc: number;
  cname: string;
  /** The counts of our stream. */
  sent: () => SentCounts & { rtpTime: number };
  /** The report on the other side's stream since the last one, as `ReceptionStats.report` makes it. */
  received: () => ReceptionReport | undefined;
  /** What to add to `nowMs` for milliseconds since 1970. */
  epochMs: number;
  /** Numbers of [0, 1). */
  random: () => number;
}

/** Mean time between reports, and how much before and after it (RFC 3550, section 6.3.1). The first comes sooner. */
const intervalMs = 5000;
const firstShare = 0.2;
/** 1900 to 1970, the epochs of NTP and of everybody else. */
const ntpEpochMs = 2_208_988_800_000;

/** Reports for one call. `nowMs` is one monotonic clock's. */
export class RtcpReporter {
  readonly #options: ReporterOptions;
  #dueMs: number | undefined;
  #lastSenderReport: { ssrc: number; middle: number; atMs: number } | undefined;
  #downlink: Downlink | undefined;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Takes a compound packet of the other side. Never throws. */
  take(bytes: Uint8Array, nowMs: number): void {
    for (const packet of parseRtcp(bytes)) this.#takeOne(packet, nowMs);
  }

  /** The report that is due; `undefined` while none is. Call it with every beat. */
  due(nowMs: number): Uint8Array | undefined {
    this.#dueMs ??= nowMs + firstShare * this.#nextIntervalMs();
    if (nowMs < this.#dueMs) return undefined;
    this.#dueMs = nowMs + this.#nextIntervalMs();
    return buildRtcp(this.#report(nowMs));
  }

  /** The last words of the stream. */
  bye(nowMs: number): Uint8Array {
    return buildRtcp([...this.#report(nowMs), { kind: 'bye', ssrcs: [this.#options.ssrc] }]);
  }

  /** How our stream arrives there; `undefined` until they have said. */
  get downlink(): Downlink | undefined {
    return this.#downlink;
  }

  #takeOne(packet: RtcpPacket, nowMs: number): void {
    if (packet.kind === 'sender-report') {
      const middle = Number((packet.ntpTime >> 16n) & 0xffff_ffffn);
      this.#lastSenderReport = { ssrc: packet.ssrc, middle, atMs: nowMs };
    }
    if (packet.kind !== 'sender-report' && packet.kind !== 'receiver-report') return;
    const block = packet.reports.find(({ ssrc }) => ssrc === this.#options.ssrc);
    if (block) this.#downlink = this.#read(block, nowMs);
  }

  #read(block: ReportBlock, nowMs: number): Downlink {
    return {
      lossPercent: (block.fractionLost / 256) * 100,
      lost: Math.max(0, block.cumulativeLost),
      jitterMs: block.jitter / ticksPerMs,
      rttMs: this.#roundTripMs(block, nowMs) ?? this.#downlink?.rttMs,
    };
  }

  /** RFC 3550, section 6.4.1: now, less when we sent, less how long they kept it; in 1/65536 s that wrap around. */
  #roundTripMs(block: ReportBlock, nowMs: number): number | undefined {
    if (block.lastSenderReport === 0) return undefined;
    const now = Number((this.#ntpTime(nowMs) >> 16n) & 0xffff_ffffn);
    const units = (now - block.lastSenderReport - block.delaySinceLastSenderReport) | 0;
    return Math.max(0, (units / 65_536) * 1000);
  }

  #report(nowMs: number): RtcpPacket[] {
    const { ssrc, cname } = this.#options;
    const sent = this.#options.sent();
    const reports = this.#reportBlocks(nowMs);
    const report: RtcpPacket =
      sent.packets === 0
        ? { kind: 'receiver-report', ssrc, reports }
        : { ...sent, kind: 'sender-report', ssrc, ntpTime: this.#ntpTime(nowMs), reports };
    return [report, { kind: 'description', ssrc, cname }];
  }

  #reportBlocks(nowMs: number): ReportBlock[] {
    const reception = this.#options.received();
    if (!reception) return [];
    const last = this.#lastSenderReport?.ssrc === reception.ssrc ? this.#lastSenderReport : undefined;
    const delayMs = last ? nowMs - last.atMs : 0;
    return [
      {
        ...reception,
        lastSenderReport: last?.middle ?? 0,
        delaySinceLastSenderReport: Math.round((delayMs / 1000) * 65_536),
      },
    ];
  }

  #ntpTime(nowMs: number): bigint {
    const ms = nowMs + this.#options.epochMs + ntpEpochMs;
    const seconds = Math.floor(ms / 1000);
    const fraction = Math.floor(((ms - seconds * 1000) / 1000) * 0x1_0000_0000);
    return (BigInt(seconds) << 32n) | BigInt(fraction);
  }

  #nextIntervalMs(): number {
    return intervalMs * (0.5 + this.#options.random());
  }
}

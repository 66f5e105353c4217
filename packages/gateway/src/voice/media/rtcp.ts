// RTCP between bytes and values (RFC 3550, section 6): reports, names and goodbyes. Other packets are passed over.

/** What a receiver says about one stream. Units of the wire. */
export interface ReportBlock {
  ssrc: number;
  /** Of 256, since the last report. */
  fractionLost: number;
  /** Since the beginning, 24 bits with a sign. */
  cumulativeLost: number;
  highestSequence: number;
  /** Ticks. */
  jitter: number;
  /** Middle 32 bits of the NTP time of the last sender report; 0: there was none. */
  lastSenderReport: number;
  /** Since then, in 1/65536 s. */
  delaySinceLastSenderReport: number;
}

/** A packet within a compound packet. */
export type RtcpPacket =
  | {
      kind: 'sender-report';
      ssrc: number;
      /** Seconds since 1900 in the upper half, their fraction in the lower. */
      ntpTime: bigint;
      rtpTime: number;
      packets: number;
      octets: number;
      reports: ReportBlock[];
    }
  | { kind: 'receiver-report'; ssrc: number; reports: ReportBlock[] }
  /** CNAME only. */
  | { kind: 'description'; ssrc: number; cname: string }
  | { kind: 'bye'; ssrcs: number[] };

const version = 2;
const types = { senderReport: 200, receiverReport: 201, description: 202, bye: 203 } as const;
const cnameItem = 1;
const reportBytes = 24;
const maxReports = 31;

/** Whether a packet on a port shared with RTP is RTCP (RFC 5761, section 4). */
export function isRtcp(bytes: Uint8Array): boolean {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** The packets of a compound packet that can be understood, up to where it breaks off. Never throws. */
export function parseRtcp(bytes: Uint8Array): RtcpPacket[] {
  const packets: RtcpPacket[] = [];
  for (let offset = 0; offset + 4 <= bytes.length;) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.byteLength - offset);
    const length = (view.getUint16(2) + 1) * 4;
    if (view.getUint8(0) >> 6 !== version || length > view.byteLength) break;
    packets.push(...parseOne(new DataView(view.buffer, view.byteOffset, length)));
    offset += length;
  }
  return packets;
}

/** Writes a compound packet. The first must be a report (RFC 3550, section 6.1). */
export function buildRtcp(packets: readonly RtcpPacket[]): Uint8Array {
  const parts = packets.map(buildOne);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** None or one: with an array, callers need not ask. */
function parseOne(view: DataView): RtcpPacket[] {
  const count = view.getUint8(0) & 0x1f;
  switch (view.getUint8(1)) {
    case types.senderReport:
      return view.byteLength < 28 ? [] : [parseSenderReport(view, count)];
    case types.receiverReport:
      return view.byteLength < 8
        ? []
        : [{ kind: 'receiver-report', ssrc: view.getUint32(4), reports: parseReports(view, 8, count) }];
    case types.description:
      return parseDescription(view);
    case types.bye:
      return [{ kind: 'bye', ssrcs: parseSsrcs(view, count) }];
    default:
      return [];
  }
}

function parseSenderReport(view: DataView, count: number): RtcpPacket {
  return {
    kind: 'sender-report',
    ssrc: view.getUint32(4),
    ntpTime: view.getBigUint64(8),
    rtpTime: view.getUint32(16),
    packets: view.getUint32(20),
    octets: view.getUint32(24),
    reports: parseReports(view, 28, count),
  };
}

function parseReports(view: DataView, offset: number, count: number): ReportBlock[] {
  const whole = Math.min(count, Math.floor((view.byteLength - offset) / reportBytes));
  return Array.from({ length: whole }, (_, index) => {
    const at = offset + index * reportBytes;
    return {
      ssrc: view.getUint32(at),
      fractionLost: view.getUint8(at + 4),
      // 24 bits with a sign: shifted up to have it, and back.
      cumulativeLost: (view.getUint32(at + 4) << 8) >> 8,
      highestSequence: view.getUint32(at + 8),
      jitter: view.getUint32(at + 12),
      lastSenderReport: view.getUint32(at + 16),
      delaySinceLastSenderReport: view.getUint32(at + 20),
    };
  });
}

/** The first source's CNAME, if that is its first item, as everybody writes it. */
function parseDescription(view: DataView): RtcpPacket[] {
  if (view.byteLength < 10 || view.getUint8(8) !== cnameItem) return [];
  const length = view.getUint8(9);
  if (10 + length > view.byteLength) return [];
  const name = new Uint8Array(view.buffer, view.byteOffset + 10, length);
  return [{ kind: 'description', ssrc: view.getUint32(4), cname: new TextDecoder().decode(name) }];
}

function parseSsrcs(view: DataView, count: number): number[] {
  const whole = Math.min(count, view.byteLength / 4 - 1);
  return Array.from({ length: whole }, (_, index) => view.getUint32(4 + index * 4));
}

function buildOne(packet: RtcpPacket): Uint8Array {
  switch (packet.kind) {
    case 'sender-report':
      return buildSenderReport(packet);
    case 'receiver-report': {
      const view = header(types.receiverReport, packet.reports.length, 8 + packet.reports.length * reportBytes);
      view.setUint32(4, packet.ssrc);
      writeReports(view, 8, packet.reports);
      return bytesOf(view);
    }
    case 'description':
      return buildDescription(packet);
    case 'bye': {
      const view = header(types.bye, packet.ssrcs.length, 4 + packet.ssrcs.length * 4);
      packet.ssrcs.forEach((ssrc, index) => view.setUint32(4 + index * 4, ssrc));
      return bytesOf(view);
    }
  }
}

function buildSenderReport(packet: RtcpPacket & { kind: 'sender-report' }): Uint8Array {
  const view = header(types.senderReport, packet.reports.length, 28 + packet.reports.length * reportBytes);
  view.setUint32(4, packet.ssrc);
  view.setBigUint64(8, packet.ntpTime);
  view.setUint32(16, packet.rtpTime);
  view.setUint32(20, packet.packets);
  view.setUint32(24, packet.octets);
  writeReports(view, 28, packet.reports);
  return bytesOf(view);
}

function buildDescription({ ssrc, cname }: { ssrc: number; cname: string }): Uint8Array {
  const name = new TextEncoder().encode(cname).subarray(0, 255);
  // After the item at least one zero ends the list, and zeros fill up the last word.
  const view = header(types.description, 1, 8 + Math.ceil((2 + name.length + 1) / 4) * 4);
  view.setUint32(4, ssrc);
  view.setUint8(8, cnameItem);
  view.setUint8(9, name.length);
  const bytes = bytesOf(view);
  bytes.set(name, 10);
  return bytes;
}

function header(type: number, count: number, length: number): DataView {
  if (count > maxReports) throw new RangeError('an RTCP packet counts to 31');
  const view = new DataView(new ArrayBuffer(length));
  view.setUint8(0, (version << 6) | count);
  view.setUint8(1, type);
  view.setUint16(2, length / 4 - 1);
  return view;
}

function writeReports(view: DataView, offset: number, reports: readonly ReportBlock[]): void {
  reports.forEach((report, index) => {
    const at = offset + index * reportBytes;
    view.setUint32(at, report.ssrc);
    view.setUint32(at + 4, ((report.fractionLost & 0xff) << 24) | (clampLost(report.cumulativeLost) & 0xff_ffff));
    view.setUint32(at + 8, report.highestSequence);
    view.setUint32(at + 12, report.jitter);
    view.setUint32(at + 16, report.lastSenderReport);
    view.setUint32(at + 20, report.delaySinceLastSenderReport);
  });
}

function clampLost(count: number): number {
  return Math.max(-0x80_0000, Math.min(0x7f_ffff, count));
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer);
}

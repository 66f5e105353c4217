// The answer to an offer: one audio m-line with Opus and touch-tones, everything else rejected.
import type { LocalTransport } from '../ports/peer.ts';
import type { MediaDirection, OfferedAudio, OfferedLine, OfferedMedia } from './offered-media.ts';

/** What the call brings to its answer, beside the transport. */
export interface AnswerIdentity {
  /** Of the stream we send, 32 bits. */
  ssrc: number;
  /** Names the sender of the stream over the whole call (RFC 7022). */
  cname: string;
  /** Of the o-line: a number of up to 19 digits, the same over the whole call. */
  sessionId: string;
  /** Of the o-line: 1 for the first answer of a call, one more for each that differs. */
  version: number;
}

/** The answer to each direction an offer may name. */
const answeredDirections: Record<MediaDirection, MediaDirection> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The direction of our answer. */
export function answerDirection(offered: MediaDirection): MediaDirection {
  return answeredDirections[offered];
}

/** Writes the answer: the m-lines of the offer in their order, CRLF after every line. */
export function answerSdp(offer: OfferedMedia, transport: LocalTransport, identity: AnswerIdentity): string {
  const mid = offer.lines[offer.audio.index]?.mid;
  const lines = [
    'v=0',
    `o=- ${identity.sessionId} ${identity.version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...(mid === undefined ? [] : [`a=group:BUNDLE ${mid}`]),
    ...offer.lines.flatMap((line, index) =>
      index === offer.audio.index ? audioLines(line, offer.audio, transport, identity) : rejectedLines(line),
    ),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function audioLines(
  line: OfferedLine,
  audio: OfferedAudio,
  transport: LocalTransport,
  identity: AnswerIdentity,
): string[] {
  const { opusPayloadType, telephoneEvent } = audio;
  const direction = answerDirection(audio.direction);
  const formats = [opusPayloadType, ...(telephoneEvent ? [telephoneEvent.payloadType] : [])];
  return [
    `m=audio 9 ${line.protocol} ${formats.join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...midLines(line),
    `a=${direction}`,
    'a=rtcp-mux',
    `a=ice-ufrag:${transport.iceUfrag}`,
    `a=ice-pwd:${transport.icePwd}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${transport.fingerprint}`,
    `a=setup:${transport.setup}`,
    ...audio.extensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    `a=rtpmap:${opusPayloadType} opus/48000/2`,
    `a=fmtp:${opusPayloadType} minptime=10;useinbandfec=1`,
    ...telephoneEventLines(telephoneEvent),
    ...(direction === 'sendrecv' || direction === 'sendonly' ? streamLines(identity) : []),
    ...transport.candidates.map((candidate) => `a=${candidate}`),
  ];
}

/** The events are the keys of a telephone: 0–9, *, #, A–D. */
function telephoneEventLines(telephoneEvent: OfferedAudio['telephoneEvent']): string[] {
  if (!telephoneEvent) return [];
  const { payloadType, rate } = telephoneEvent;
  return [`a=rtpmap:${payloadType} telephone-event/${rate}`, `a=fmtp:${payloadType} 0-15`];
}

function streamLines({ ssrc, cname }: AnswerIdentity): string[] {
  return ['a=msid:parley agent', `a=ssrc:${ssrc} cname:${cname}`];
}

function rejectedLines(line: OfferedLine): string[] {
  return [
    `m=${line.kind} 0 ${line.protocol} ${line.formats.join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...midLines(line),
    ...(line.kind === 'application' ? [] : ['a=inactive']),
  ];
}

function midLines(line: OfferedLine): string[] {
  return line.mid === undefined ? [] : [`a=mid:${line.mid}`];
}

import { usableCandidate } from './candidates.ts';
// What an offer says of the one audio m-line that a call uses, and of the others, which are rejected.
import { attributeOf, attributesOf, readSdp, type Sdp, type SdpSection } from './sdp.ts';

/** An offer that can be answered. */
export interface OfferedMedia {
  /** The value of the o-line. */
  origin: string;
  /** All m-lines in their order. */
  lines: OfferedLine[];
  audio: OfferedAudio;
}

/** An m-line, as far as the answer has to repeat it. */
export interface OfferedLine {
  kind: string;
  protocol: string;
  formats: string[];
  mid: string | undefined;
}

/** The audio m-line that is accepted. */
export interface OfferedAudio {
  /** Which m-line it is, from 0. */
  index: number;
  /** What candidates name the m-line by: its mid, or its index when it has none. */
  mid: string;
  direction: MediaDirection;
  opusPayloadType: number;
  /** Key presses: at 48,000 Hz when offered, else at 8,000. */
  telephoneEvent: { payloadType: number; rate: 48_000 | 8_000 } | undefined;
  /** Header extensions that are answered, with the ids of the offer. */
  extensions: { id: number; uri: string }[];
  iceUfrag: string;
  icePwd: string;
  /** As `sha-256 AB:CD:…`. */
  fingerprint: string;
  setup: 'actpass' | 'active' | 'passive';
  /** Those of use to us, each as `candidate:…`. */
  candidates: string[];
}

/** Which way media flows, from the view of who says it. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Why an offer can't be answered: `malformed` isn't SDP, `unusable` is but lacks what a call needs. */
export interface OfferError {
  error: 'malformed' | 'unusable';
  /** For the log. */
  why: string;
}

const directions: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] satisfies MediaDirection[];

const answeredExtensions: readonly string[] = [
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'urn:ietf:params:rtp-hdrext:sdes:mid',
];

/** Bytes of a digest by the names of RFC 8122. The weaker ones aren't accepted. */
const digestBytes: Record<string, number> = { 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 };

const ufragShape = /^[A-Za-z0-9+/]{4,256}$/;
const pwdShape = /^[A-Za-z0-9+/]{22,256}$/;

/** Whether a text is a session description at all. */
export function isSdp(text: string): boolean {
  return readSdp(text) !== undefined;
}

/** Reads a client's offer. */
export function readOfferSdp(text: string): OfferedMedia | OfferError {
  const sdp = readSdp(text);
  if (!sdp) return { error: 'malformed', why: 'not a session description' };

  const index = sdp.sections.findIndex((section) => isAudio(section) && opusOf(section) !== undefined);
  const section = sdp.sections[index];
  const opusPayloadType = section && opusOf(section);
  if (!section || opusPayloadType === undefined) return unusable('no audio with Opus');

  const transport = readTransport(sdp, section);
  if ('error' in transport) return transport;

  return {
    origin: sdp.origin,
    lines: sdp.sections.map((each) => ({
      kind: each.kind,
      protocol: each.protocol,
      formats: each.formats,
      mid: midOf(each),
    })),
    audio: {
      index,
      mid: midOf(section) ?? String(index),
      direction: directionOf(section) ?? directionOf(sdp) ?? 'sendrecv',
      opusPayloadType,
      telephoneEvent: telephoneEventOf(section),
      extensions: extensionsOf(section),
      ...transport,
    },
  };
}

function unusable(why: string): OfferError {
  return { error: 'unusable', why };
}

/** Port 0 is a rejected m-line, unless it only waits to be bundled (RFC 8843, section 6). */
function isAudio(section: SdpSection): boolean {
  const isOffered = section.port > 0 || attributeOf(section.attributes, 'bundle-only') !== undefined;
  return section.kind === 'audio' && isOffered && /(^|\/)RTP\/SAVPF?$/.test(section.protocol);
}

/** Payload types whose rtpmap is `codec`, without regard to case, in the order of preference. */
function payloadTypesOf(section: SdpSection, codec: string): number[] {
  const named = new Set(
    attributesOf(section.attributes, 'rtpmap')
      .map((value) => value.split(' '))
      .filter(([, name]) => name?.toLowerCase() === codec)
      .map(([format]) => format),
  );
  return section.formats
    .filter((format) => named.has(format) && /^\d{1,3}$/.test(format) && Number(format) < 128)
    .map(Number);
}

function opusOf(section: SdpSection): number | undefined {
  return payloadTypesOf(section, 'opus/48000/2')[0];
}

function telephoneEventOf(section: SdpSection): OfferedAudio['telephoneEvent'] {
  for (const rate of [48_000, 8_000] as const) {
    const [payloadType] = payloadTypesOf(section, `telephone-event/${rate}`);
    if (payloadType !== undefined) return { payloadType, rate };
  }
  return undefined;
}

/** Only ids that fit the one-byte form (RFC 8285, section 4.2), and only without a direction of their own. */
function extensionsOf(section: SdpSection): OfferedAudio['extensions'] {
  return attributesOf(section.attributes, 'extmap')
    .map((value) => value.split(' '))
    .map(([id, uri = '']) => ({ id: Number(id), uri }))
    .filter(({ id, uri }) => Number.isInteger(id) && id >= 1 && id <= 14 && answeredExtensions.includes(uri));
}

function midOf(section: SdpSection): string | undefined {
  const mid = attributeOf(section.attributes, 'mid');
  return mid && /^\S{1,64}$/.test(mid) ? mid : undefined;
}

function directionOf(part: Sdp | SdpSection): MediaDirection | undefined {
  return part.attributes.map(({ name }) => name).find((name): name is MediaDirection => directions.includes(name));
}

type Transport = Pick<OfferedAudio, 'iceUfrag' | 'icePwd' | 'fingerprint' | 'setup' | 'candidates'>;

/** ICE and DTLS parameters: the m-line's own, else the session's, else those of the m-line its bundle is named after. */
function readTransport(sdp: Sdp, section: SdpSection): Transport | OfferError {
  const places = [section, sdp, ...bundleTagOf(sdp, section)].map(({ attributes }) => attributes);
  const lookUp = (name: string): string | undefined =>
    places.map((attributes) => attributeOf(attributes, name)).find((value) => value !== undefined);

  const iceUfrag = lookUp('ice-ufrag');
  const icePwd = lookUp('ice-pwd');
  if (!iceUfrag || !icePwd || !ufragShape.test(iceUfrag) || !pwdShape.test(icePwd))
    return unusable('no ICE credentials');

  const fingerprint = places.map(fingerprintOf).find((value) => value !== undefined);
  if (!fingerprint) return unusable('no usable DTLS fingerprint');

  const setup = lookUp('setup') ?? 'actpass';
  if (setup !== 'actpass' && setup !== 'active' && setup !== 'passive') return unusable('no DTLS role');

  const candidates = places
    .flatMap((attributes) => attributesOf(attributes, 'candidate'))
    .flatMap((value) => usableCandidate(`candidate:${value}`) ?? []);
  return { iceUfrag, icePwd, fingerprint, setup, candidates: [...new Set(candidates)] };
}

/** In later offers only the first m-line of a bundle need carry the transport (RFC 8843, section 7.1.3). */
function bundleTagOf(sdp: Sdp, section: SdpSection): SdpSection[] {
  const mid = midOf(section);
  const bundle = attributesOf(sdp.attributes, 'group')
    .map((value) => value.split(' '))
    .find(([semantics, ...mids]) => semantics === 'BUNDLE' && mid !== undefined && mids.includes(mid));
  const tagged = sdp.sections.find((each) => bundle !== undefined && midOf(each) === bundle[1]);
  return tagged && tagged !== section ? [tagged] : [];
}

function fingerprintOf(attributes: Sdp['attributes']): string | undefined {
  return attributesOf(attributes, 'fingerprint')
    .map((value) => {
      const [algorithm = '', digest = ''] = value.split(' ');
      return { algorithm: algorithm.toLowerCase(), digest: digest.toUpperCase() };
    })
    .filter(({ algorithm, digest }) => {
      const bytes = digestBytes[algorithm];
      return bytes !== undefined && /^[0-9A-F]{2}(:[0-9A-F]{2})*$/.test(digest) && digest.length === bytes * 3 - 1;
    })
    .map(({ algorithm, digest }) => `${algorithm} ${digest}`)[0];
}

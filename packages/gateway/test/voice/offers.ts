// Offers as clients make them, recorded or made up: Chromium's and Firefox's, and the bare one that the SDKs probe with.
import { readFileSync } from 'node:fs';

const folder = new URL('../../src/voice/negotiation/test/', import.meta.url);

/** The recorded offers; video codecs are cut. */
export const offerNames = [
  'bare-probe',
  'chromium',
  'chromium-recvonly',
  'chromium-two-audio',
  'chromium-video-and-data',
  'chromium-video-first',
  'firefox',
] as const;

/** The SDP of a recorded offer, with CRLF. */
export function offerNamed(name: (typeof offerNames)[number]): string {
  return readFileSync(new URL(`${name}.sdp`, folder), 'utf8').replaceAll('\n', '\r\n');
}

// Offers as clients make them: Chromium's and Firefox's, and the bare one that the SDKs probe a gateway with.
import { readFileSync } from 'node:fs';
import { readOfferSdp, type OfferedMedia } from '../offered-media.ts';

/** The offers by name; video codecs are cut. */
export type OfferName =
  | 'bare-probe'
  | 'chromium'
  | 'chromium-recvonly'
  | 'chromium-two-audio'
  | 'chromium-video-and-data'
  | 'chromium-video-first'
  | 'firefox';

/** Their SDP, with CRLF. */
export function offerSdp(name: OfferName): string {
  return readFileSync(new URL(`${name}.sdp`, import.meta.url), 'utf8').replaceAll('\n', '\r\n');
}

/** What an offer says; fails when it can't be answered. */
export function readOffer(sdp: string): OfferedMedia {
  const offer = readOfferSdp(sdp);
  if ('error' in offer) throw new Error(`${offer.error}: ${offer.why}`);
  return offer;
}

// What a later offer of a call asks for, compared with the one that was answered last.
import type { OfferedMedia } from './offered-media.ts';

/** What a later offer changes. */
export type OfferChange =
  /** The same offer once more: the same answer goes out again. */
  | 'nothing'
  /** Direction or payload types: a new answer on the same transport. */
  | 'media'
  /** New ICE credentials: new paths, and the same parties. */
  | 'ice'
  /** A new certificate: a new DTLS association. */
  | 'association'
  /** M-lines are gone or in another order, or the call would move to another one: not to be answered. */
  | 'forbidden';

/** Whether an offer that came without a session is the same one, sent again (o-line and ICE user fragment). */
export function isRetransmission(answered: OfferedMedia, next: OfferedMedia): boolean {
  return answered.origin === next.origin && answered.audio.iceUfrag === next.audio.iceUfrag;
}

/** What `next` changes after `answered`. */
export function offerChange(answered: OfferedMedia, next: OfferedMedia): OfferChange {
  if (isRetransmission(answered, next)) return 'nothing';
  if (!keepsLines(answered, next)) return 'forbidden';
  if (answered.audio.fingerprint !== next.audio.fingerprint) return 'association';
  const { iceUfrag, icePwd } = next.audio;
  return answered.audio.iceUfrag === iceUfrag && answered.audio.icePwd === icePwd ? 'media' : 'ice';
}

/** M-lines may only be added, at the end (RFC 8829, section 5.2.2). */
function keepsLines(answered: OfferedMedia, next: OfferedMedia): boolean {
  const kept = answered.lines.every((line, index) => line.kind === next.lines[index]?.kind);
  return kept && answered.audio.index === next.audio.index && answered.audio.mid === next.audio.mid;
}

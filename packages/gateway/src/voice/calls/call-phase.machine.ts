// The phases of a call's connection (voice spec, section 11.1).

import type { CallOutcome } from '../ports/call-records.ts';
import type { PeerState } from '../ports/peer.ts';

/** `negotiating` until media flows for the first time; `suspended` while the caller can't be reached. */
export type CallPhase = 'negotiating' | 'active' | 'suspended' | 'ended';

/** News of the connection: the peer's, or a wait that is over. */
export type ConnectionNews = PeerState | 'setup-expired' | 'loss-expired';

/** For how long a caller may be out of reach (voice spec, section 11.3), ms. */
const LOSS_MS = 30_000;
/**
 * A peer that failed is out of reach for 24 to 30 s already: for that long no check was answered, and there is one every
 * 4 to 6 s. Until the 30 s are over for sure, the caller may still say that he has hung up.
 */
const LOSS_AFTER_FAILURE_MS = 6_000;

/** What follows: the next phase, when the caller is lost if nothing else happens, and why the call ended if it did. */
export type PhaseStep =
  | { phase: 'negotiating' | 'active' }
  | { phase: 'suspended'; lossInMs: number }
  | { phase: 'ended'; outcome: CallOutcome };

/** The phase after the news; undefined when it changes nothing. */
export function nextPhase(phase: CallPhase, news: ConnectionNews): PhaseStep | undefined {
  switch (phase) {
    case 'negotiating':
      if (news === 'connected') return { phase: 'active' };
      if (news === 'setup-expired') return { phase: 'ended', outcome: 'setup_timeout' };
      return news === 'failed' || news === 'closed' ? { phase: 'ended', outcome: 'media_failure' } : undefined;
    case 'active':
      if (news === 'disconnected') return { phase: 'suspended', lossInMs: LOSS_MS };
      if (news === 'failed') return { phase: 'suspended', lossInMs: LOSS_AFTER_FAILURE_MS };
      return news === 'closed' ? hungUp : undefined;
    case 'suspended':
      if (news === 'connected') return { phase: 'active' };
      if (news === 'loss-expired') return { phase: 'ended', outcome: 'caller_lost' };
      return news === 'closed' ? hungUp : undefined;
    case 'ended':
      return undefined;
  }
}

/** Who closes the connection in good order has hung up: the word for it, on another way, may come later. */
const hungUp: PhaseStep = { phase: 'ended', outcome: 'user_close' };

// The phases of a call's connection (voice spec, section 11.1).

import type { CallOutcome } from '../ports/call-records.ts';
import type { PeerState } from '../ports/peer.ts';

/** `negotiating` until media flows for the first time; `suspended` while the caller can't be reached. */
export type CallPhase = 'negotiating' | 'active' | 'suspended' | 'ended';

/** News of the connection: the peer's, or a wait that is over. */
export type ConnectionNews = PeerState | 'setup-expired' | 'loss-expired';

/** What follows: the next phase, and why the call ended if it did. */
export type PhaseStep = { phase: Exclude<CallPhase, 'ended'> } | { phase: 'ended'; outcome: CallOutcome };

/** The phase after the news; undefined when it changes nothing. */
export function nextPhase(phase: CallPhase, news: ConnectionNews): PhaseStep | undefined {
  switch (phase) {
    case 'negotiating':
      if (news === 'connected') return { phase: 'active' };
      if (news === 'setup-expired') return { phase: 'ended', outcome: 'setup_timeout' };
      return endOf(news) && { phase: 'ended', outcome: 'media_failure' };
    case 'active':
      if (news === 'disconnected') return { phase: 'suspended' };
      return endOf(news);
    case 'suspended':
      if (news === 'connected') return { phase: 'active' };
      return news === 'loss-expired' ? { phase: 'ended', outcome: 'caller_lost' } : endOf(news);
    case 'ended':
      return undefined;
  }
}

/** Who closes the connection in good order has hung up: the word for it, on another way, may come later. */
function endOf(news: ConnectionNews): PhaseStep | undefined {
  if (news === 'closed') return { phase: 'ended', outcome: 'user_close' };
  return news === 'failed' ? { phase: 'ended', outcome: 'caller_lost' } : undefined;
}

// Puts together what is kept of a call.
import type { CallGrant } from '../ports/call-access.ts';
import type { CallFigures, CallOutcome, CallRecord, HumanStretch } from '../ports/call-records.ts';
import type { CallLine } from '../signaling/call-line.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { VoiceAgent } from '../voice-agent.ts';
import type { CallTimes } from './call-times.ts';
import type { TurnFigures } from './turn-figures.ts';

/** What a call has begun with. */
export interface CallBeginning {
  callId: string;
  offer: Offer;
  grant: CallGrant;
  /** Null: an echo call or a person's leg. */
  agent: Pick<VoiceAgent, 'mode'> | null;
  userAgent: string | null;
  line: Pick<CallLine, 'drops' | 'reattaches'>;
}

/** How a call stands. */
export interface CallStanding {
  times: CallTimes;
  turns: TurnFigures;
  /** Null while it goes on. */
  outcome: CallOutcome | null;
  sessionId: string | null;
  human: HumanStretch | null;
  /** Kinds of the candidates in use. */
  path: string | null;
  streams: Pick<CallFigures, 'up' | 'down'>;
}

/** The record of a call as it stands. */
export function callRecord(
  { callId, offer, grant, agent, userAgent, line }: CallBeginning,
  { times, turns, outcome, sessionId, human, path, streams }: CallStanding,
): CallRecord {
  return {
    callId,
    callSid: offer.callSid ?? null,
    sessionId: sessionId ?? grant.desk?.sessionId ?? null,
    connectorId: grant.connectorId,
    account: grant.account,
    project: grant.project,
    agentId: grant.agentId,
    variantId: offer.variantId ?? null,
    build: offer.build ?? null,
    requestedMode: offer.requestedMode,
    mode: agent?.mode ?? (grant.desk ? 'desk' : 'echo'),
    tokenKind: grant.kind,
    userAgent,
    startedMs: times.startedMs,
    connectedMs: times.connectedMs,
    endedMs: times.endedMs,
    outcome,
    human,
    figures: {
      ...times.figures(),
      path,
      signalingDrops: line.drops,
      signalingReattaches: line.reattaches,
      interruptions: turns.count('barge-in'),
      turns: turns.figures(),
      ...streams,
    },
  };
}

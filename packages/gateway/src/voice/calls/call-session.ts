// The messaging session of a call: the one that is linked to it, or one of its own.
import type { SessionHandle, Sessions } from '../../messaging/index.ts';
import type { CallGrant } from '../ports/call-access.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { CallLinks } from './call-links.ts';

/** Nobody connects to a call's own session with an access token: no token has this subject. */
const SUBJECT = 'voice';

/** Finds the session that is linked to the call, or creates one. Rejects when the store does. */
export async function sessionForCall(
  call: { grant: CallGrant; offer: Offer; userAgent: string | null },
  { sessions, links }: { sessions: Sessions; links: CallLinks },
): Promise<SessionHandle> {
  const { grant, offer } = call;
  const linkedId = offer.callSid === undefined ? undefined : links.sessionOf({ ...grant, callSid: offer.callSid });
  const linked = linkedId === undefined ? undefined : await sessions.open(linkedId);
  if (linked && isMeantFor(linked, offer.callSid)) return linked;
  return sessions.create({
    connectorId: grant.connectorId,
    account: grant.account,
    project: grant.project,
    agentId: grant.agentId,
    variantId: offer.variantId ?? null,
    subject: SUBJECT,
    door: 'voice',
    channel: 'voice',
    streaming: true,
    platform: 'custom',
    deviceType: null,
    userAgent: call.userAgent,
    contextId: null,
  });
}

/** It may have linked another call since, and have it already. */
function isMeantFor({ state }: SessionHandle, callSid: string | undefined): boolean {
  return state.ended === null && state.call === null && state.callSid === callSid;
}

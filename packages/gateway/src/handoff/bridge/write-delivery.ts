// What desks are told, as the protocol has it.
import type { BridgeDelivery, BridgeLine } from '@parley/protocol';
import type { TranscriptLine } from '../../messaging/index.ts';
import type { CaseEnd, HandoffCase } from '../ports/handoff-desk.ts';

/** A delivery before it has its id and its place. */
export type DeliveryContent = BridgeDelivery extends infer Each
  ? Each extends BridgeDelivery
    ? Omit<Each, 'id' | 'caseId' | 'number' | 'atMs'>
    : never
  : never;

/** Somebody asks for a person. */
export function requestedContent(handoff: HandoffCase): DeliveryContent {
  const { sessionId, account, project, request, queue, visitor, transcript } = handoff;
  const { name: userName, platform, deviceType, language, connected } = visitor;
  return {
    type: 'requested',
    queue,
    reason: request.reason,
    data: request.data,
    session: { id: sessionId, account, project, platform, deviceType, language, userName, connected },
    transcript: transcript.map(bridgeLine),
  };
}

/** A line of the transcript as desks read it. */
export function bridgeLine({ messageId, speaker, text, attachments, atMs }: TranscriptLine): BridgeLine {
  return { messageId, speaker, text, attachments, atMs };
}

/** Why the hand-off is over. */
export function endedContent(why: Exclude<CaseEnd, 'unloaded'>): DeliveryContent {
  return { type: 'ended', reason: why === 'timed-out' ? 'timed_out' : why };
}

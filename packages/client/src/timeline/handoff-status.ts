// Where a hand-off to a person stands, as the user should see it.
import type { HandoffReason, ServerEvent } from '@parley/protocol';
import type { Speaker } from './timeline-item.ts';

export type HandoffStatus =
  | { at: 'none' }
  | { at: 'requested' }
  /** Waiting for a person. What is unknown is left out. */
  | {
      at: 'queued';
      queueName?: string | undefined;
      positionInQueue?: number | undefined;
      estimatedWaitSeconds?: number | undefined;
      /** The desk's own words, to be shown as they are. */
      displayMessage?: string | undefined;
    }
  | { at: 'live'; person: Speaker }
  /** The page is asked to take the user elsewhere; `route` may be an address. */
  | { at: 'elsewhere'; reason: HandoffReason; queueName: string; route: string };

/** Either the conversation is back with the agent, or there is none any more. */
const ENDING: ReadonlySet<ServerEvent['type']> = new Set<ServerEvent['type']>([
  'handoff-failed',
  'handoff-timeout',
  'live-agent-left',
  'poly-agent-joined',
  'session-end',
]);

/** The status after one more event. */
export function handoffAfter(status: HandoffStatus, event: ServerEvent): HandoffStatus {
  if (event.type === 'poly-agent-triggered-handoff') return { at: 'requested' };
  if (event.type === 'handoff-accepted') return { at: 'queued', queueName: event.queueName };
  if (event.type === 'handoff-queue-status') {
    const { type: _, queueName = queueNameOf(status), ...rest } = event;
    return { at: 'queued', queueName, ...rest };
  }
  if (event.type === 'live-agent-joined') return { at: 'live', person: { kind: 'person', ...event.agent } };
  if (event.type === 'client-handoff-required') {
    return { at: 'elsewhere', reason: event.reason, queueName: event.queueName, route: event.route };
  }
  return ENDING.has(event.type) ? { at: 'none' } : status;
}

function queueNameOf(status: HandoffStatus): string | undefined {
  return status.at === 'queued' ? status.queueName : undefined;
}

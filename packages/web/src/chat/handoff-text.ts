// A hand-off in words, as its banner shows it.
import type { HandoffStatus } from '@parley/client';
import { webAddress } from './safe-address.ts';

/** What the banner of a hand-off says. */
export interface HandoffBanner {
  title: string;
  detail?: string;
  /** Where the page may take the user. */
  link?: string;
}

/** The banner for a hand-off under way; nothing when there is none, or when a person is there already. */
export function handoffBanner(status: HandoffStatus): HandoffBanner | undefined {
  switch (status.at) {
    case 'none':
    case 'live':
      return undefined;
    case 'requested':
      return { title: 'Looking for a person to help you…' };
    case 'queued':
      return {
        title: status.queueName ? `Waiting for ${status.queueName}` : 'Waiting for a person',
        detail: status.displayMessage ?? queueDetail(status.positionInQueue, status.estimatedWaitSeconds),
      };
    case 'elsewhere': {
      const link = webAddress(status.route);
      return {
        title: `${status.queueName} will help you outside this chat.`,
        detail: elsewhereReasons[status.reason],
        ...(link !== undefined && { link }),
      };
    }
  }
}

const elsewhereReasons = {
  COMPLEX_QUERY: 'This question needs a closer look.',
  AGENT_DECISION: 'They are the right people for this.',
  POLICY: 'Only they may answer this.',
} as const;

/** `2nd in line, about 3 min`; the parts that are known. */
function queueDetail(position: number | undefined, waitSeconds: number | undefined): string {
  const parts = [
    position === undefined ? undefined : position <= 1 ? 'You are next' : `You are number ${position} in line`,
    waitSeconds === undefined ? undefined : `about ${waitText(waitSeconds)}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ') || 'Somebody will be with you soon.';
}

function waitText(seconds: number): string {
  if (seconds < 60) return 'a minute';
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

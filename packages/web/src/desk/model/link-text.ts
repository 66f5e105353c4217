// The connection to the desk in words: a short badge, and a banner while something is wrong.
import type { DeskLink } from '@parley/client';
import type { Badge, Banner } from '../../chat/connection-text.ts';

/** The connection in a word or two. */
export function linkBadge(link: DeskLink): Badge {
  switch (link.at) {
    case 'open':
      return { text: 'Connected', tone: 'good' };
    case 'waiting':
      return { text: 'Reconnecting', tone: 'busy' };
    case 'checking':
    case 'opening':
      return { text: link.attempt > 0 ? 'Reconnecting' : 'Connecting', tone: 'busy' };
    case 'idle':
      return { text: 'Connecting', tone: 'busy' };
    case 'signed-out':
    case 'closed':
      return { text: 'Signed out', tone: 'over' };
  }
}

/** What to tell above everything; nothing when all is well. A desk never stops trying. */
export function linkBanner(
  link: DeskLink,
  { nowMs, wasOpen }: { nowMs: number; wasOpen: boolean },
): Banner | undefined {
  const trouble = wasOpen
    ? 'Connection lost. What you write is kept and sent as soon as it is back.'
    : "Can't reach the server.";
  switch (link.at) {
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((link.untilMs - nowMs) / 1000));
      return { text: `${trouble} Trying again in ${seconds} s`, tone: 'busy', retryLabel: 'Retry now' };
    }
    case 'checking':
    case 'opening':
      return link.attempt > 0 ? { text: `${trouble} Trying again…`, tone: 'busy' } : undefined;
    case 'idle':
    case 'open':
    case 'signed-out':
    case 'closed':
      return undefined;
  }
}

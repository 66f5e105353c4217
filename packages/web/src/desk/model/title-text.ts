// The title of the browser's tab: how much there is to do.
import type { DeskOverview } from '@parley/protocol';

/** `(3) Parley desk`: unread messages, and visitors who wait while one is available. */
export function titleText(overview: DeskOverview | null): string {
  const count = overview === null ? 0 : unreadOf(overview) + waitingOf(overview);
  return count === 0 ? 'Parley desk' : `(${count}) Parley desk`;
}

function unreadOf({ chats }: DeskOverview): number {
  return chats.filter(({ mine }) => mine === 'in').reduce((sum, { unreadCount }) => sum + unreadCount, 0);
}

function waitingOf({ me, waiting }: DeskOverview): number {
  return me.availability === 'available' ? waiting.length : 0;
}

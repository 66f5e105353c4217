// The connection in words: a short badge, and a banner while something is wrong.
import type { ParleySnapshot } from '@parley/client';

/** How a badge looks: all is well, wait, something is broken, it is over. */
type Tone = 'good' | 'busy' | 'bad' | 'over';

export interface Badge {
  text: string;
  tone: Tone;
}

/** What is wrong, and what the user may do about it. */
export interface Banner {
  text: string;
  tone: 'busy' | 'bad';
  /** The label of a button that tries again at once. */
  retryLabel?: string;
}

/** The connection in a word or two. */
export function connectionBadge({ status, connection }: ParleySnapshot): Badge {
  if (status === 'ended') return { text: 'Ended', tone: 'over' };
  switch (connection.at) {
    case 'open':
      return { text: 'Connected', tone: 'good' };
    case 'gave-up':
      return { text: 'Not connected', tone: 'bad' };
    case 'waiting':
      return { text: 'Reconnecting', tone: 'busy' };
    case 'creating-session':
    case 'opening':
    case 'asking-why':
      return { text: connection.attempt > 0 ? 'Reconnecting' : 'Connecting', tone: 'busy' };
    case 'idle':
      return { text: 'Connecting', tone: 'busy' };
    case 'ended':
    case 'closed':
      return { text: 'Ended', tone: 'over' };
  }
}

/** What to tell above the conversation; nothing when all is well. */
export function connectionBanner(snapshot: ParleySnapshot, nowMs: number): Banner | undefined {
  const { connection, timeline } = snapshot;
  const trouble = timeline.capabilities ? 'Connection lost.' : "Can't reach the server.";
  switch (connection.at) {
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((connection.untilMs - nowMs) / 1000));
      return { text: `${trouble} Trying again in ${seconds} s`, tone: 'busy', retryLabel: 'Retry now' };
    }
    case 'creating-session':
    case 'opening':
    case 'asking-why':
      return connection.attempt > 0 ? { text: `${trouble} Trying again…`, tone: 'busy' } : undefined;
    case 'gave-up': {
      const { failure } = connection;
      const text = failure ? `Can't start the chat: ${failure.message}` : `${trouble} We have stopped trying.`;
      return { text, tone: 'bad', retryLabel: 'Try again' };
    }
    case 'idle':
    case 'open':
    case 'ended':
    case 'closed':
      return undefined;
  }
}

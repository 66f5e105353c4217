// Sees who has the floor of a call's session, and what a human at the desk writes to the caller.
import type { SessionHandle } from '../../messaging/index.ts';

/** What follows. */
export interface FloorWatchParts {
  /** The call's session; another one after a move. */
  session(): SessionHandle;
  /** A human was asked for, and the caller has to wait. */
  waiting(): void;
  /** No human can be had, and the floor is nobody's. */
  cameToNothing(): void;
  /** A human has written this. */
  humanSaid(text: string): void;
}

/** Creates a watch; it looks when it is told to. What was written before the first look is not news. */
export function createFloorWatch(parts: FloorWatchParts): { look(): void } {
  let seen: { sessionId: string; sequence: number } | undefined;
  let hadDesk = false;

  return {
    look() {
      const { info, state, transcript } = parts.session();
      if (seen?.sessionId !== info.id) seen = { sessionId: info.id, sequence: state.sequence };
      const { holder } = state.floor;
      const hasDesk = holder === 'queue' || holder === 'human';
      if (holder === 'queue' && !hadDesk) parts.waiting();
      if (holder === 'nobody' && hadDesk && !state.ended) parts.cameToNothing();
      hadDesk = hasDesk;

      const { sequence } = seen;
      seen.sequence = state.sequence;
      const news = transcript.lines.slice(transcript.lines.findLastIndex((line) => line.sequence <= sequence) + 1);
      // Who is on the line speaks for themselves.
      if (state.call?.person) return;
      for (const line of news) if (line.speaker === 'human') parts.humanSaid(line.text);
    },
  };
}

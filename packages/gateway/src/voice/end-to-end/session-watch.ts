// Notices in the session of a call what others did there: messages that were typed, and who has the floor.
import type { Floor, SessionHandle, TranscriptLine } from '../../messaging/index.ts';

export type SessionNews =
  /** The user wrote it, in a client. */
  | { type: 'typed'; text: string }
  /** A human colleague wrote it. */
  | { type: 'human'; text: string }
  | { type: 'floor'; holder: Floor['holder'] };

export interface SessionWatch {
  /** What is new since the last look. After a move to another session, what is there already is nothing new. */
  look(): SessionNews[];
  /** The conversation so far, but for what the next look tells. */
  readonly history: readonly TranscriptLine[];
}

/** Watches from now on; the floor is news only when it changes. */
export function createSessionWatch(call: { readonly session: SessionHandle }): SessionWatch {
  let { session } = call;
  let seen = session.transcript.lines.length;
  let { holder } = session.state.floor;

  return {
    look() {
      if (call.session.info.id !== session.info.id) seen = call.session.transcript.lines.length;
      ({ session } = call);
      const news = session.transcript.lines.slice(seen).flatMap(newsOf);
      seen = session.transcript.lines.length;
      if (session.state.floor.holder !== holder) {
        ({ holder } = session.state.floor);
        news.push({ type: 'floor', holder });
      }
      return news;
    },
    get history() {
      return call.session.transcript.lines.filter((line, index) => index < seen || newsOf(line).length === 0);
    },
  };
}

function newsOf({ speaker, text, custom }: TranscriptLine): SessionNews[] {
  if (text === '') return [];
  if (speaker === 'human') return [{ type: 'human', text }];
  return speaker === 'user' && custom?.['channel'] !== 'voice' ? [{ type: 'typed', text }] : [];
}

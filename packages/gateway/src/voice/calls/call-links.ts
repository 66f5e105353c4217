// Which messaging session wants which call: `(project, callSid) -> session`, in whatever order the two arrive.
import type { SessionInfo } from '../../messaging/index.ts';

/** Links remembered at most; beyond, the oldest are forgotten. */
const MAX_LINKS = 100_000;

/** A call's name in its project. Case matters, and no other project can say it (voice spec, section 8.3). */
export interface CallName {
  account: string;
  project: string;
  callSid: string;
}

/** The links of this process. */
export interface CallLinks {
  /** The session asks for the call. False when another session has asked before. */
  add(session: Pick<SessionInfo, 'id' | 'account' | 'project'>, callSid: string): boolean;
  /** The session is over: its call may be linked anew. */
  remove(session: Pick<SessionInfo, 'id' | 'account' | 'project'>, callSid: string): void;
  /** Id of the session that asked for the call. */
  sessionOf(call: CallName): string | undefined;
}

/** Opens the book of links. */
export function createCallLinks(): CallLinks {
  const sessionIds = new Map<string, string>();
  return {
    add(session, callSid) {
      const key = keyOf({ ...session, callSid });
      const first = sessionIds.get(key);
      if (first !== undefined) return first === session.id;
      sessionIds.set(key, session.id);
      const [oldest] = sessionIds.keys();
      if (sessionIds.size > MAX_LINKS && oldest !== undefined) sessionIds.delete(oldest);
      return true;
    },
    remove(session, callSid) {
      const key = keyOf({ ...session, callSid });
      if (sessionIds.get(key) === session.id) sessionIds.delete(key);
    },
    sessionOf: (call) => sessionIds.get(keyOf(call)),
  };
}

/** One text for a call's name. */
export function keyOf({ account, project, callSid }: CallName): string {
  return JSON.stringify([account, project, callSid]);
}

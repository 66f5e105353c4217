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

type LinkingSession = Pick<SessionInfo, 'id' | 'account' | 'project'>;

/** The links of this process. */
export interface CallLinks {
  /**
   * The session asks for a call, and no longer for any other. `new`: the call is its own; `known`: it has asked before;
   * `taken`: another session was the first to ask.
   */
  ask(session: LinkingSession, callSid: string): 'new' | 'known' | 'taken';
  /** The session is over: the call that it asked for may be linked anew. */
  forget(session: LinkingSession): void;
  /** Id of the session that asked for the call. */
  sessionOf(call: CallName): string | undefined;
}

/** Opens the book of links. */
export function createCallLinks(): CallLinks {
  /** By the name of the call: who asked first. */
  const sessionIds = new Map<string, string>();
  /** By the session's id: the name of the call that it asks for. */
  const asked = new Map<string, string>();

  function forget({ id }: LinkingSession): void {
    const name = asked.get(id);
    asked.delete(id);
    if (name !== undefined && sessionIds.get(name) === id) sessionIds.delete(name);
  }

  return {
    ask(session, callSid) {
      const name = keyOf({ ...session, callSid });
      if (asked.get(session.id) === name) return 'known';
      forget(session);
      asked.set(session.id, name);
      if (sessionIds.has(name)) return 'taken';
      sessionIds.set(name, session.id);
      const [oldest] = sessionIds.keys();
      if (sessionIds.size > MAX_LINKS && oldest !== undefined) sessionIds.delete(oldest);
      return 'new';
    },
    forget,
    sessionOf: (call) => sessionIds.get(keyOf(call)),
  };
}

/** One text for a call's name. */
export function keyOf({ account, project, callSid }: CallName): string {
  return JSON.stringify([account, project, callSid]);
}

// An agent for tests of this room: answers turns with commands, at once or when the test says so.
import type { AgentCommand, Participant, SessionHandle, TurnFailure } from '../../src/messaging/index.ts';

/** Something an agent does in a turn. */
export type Act = (turnId: string) => AgentCommand;

/** Says a whole message. */
export function say(text: string): Act {
  return (turnId) => ({ type: 'agent-message', turnId, text, attachments: [], suggestions: [], callActions: [] });
}

/** Has said everything. */
export const done: Act = (turnId) => ({ type: 'turn-answered', turnId });

/** Ends the conversation. */
export const end: Act = (turnId) => ({ type: 'agent-end', turnId });

export function fail(cause: TurnFailure = 'broken'): Act {
  return (turnId) => ({ type: 'turn-failed', turnId, cause });
}

/** Asks for a human at a desk, with facts for whoever that will be. */
export function handOff(data: Record<string, unknown> = {}, route = ''): Act {
  return (turnId) => ({
    type: 'agent-handoff',
    turnId,
    request: { kind: 'desk', reason: 'COMPLEX_QUERY', queue: 'General Support', route, data },
  });
}

/** What the agent is asked: what the user wrote, or that it shall begin, or go on. */
export type Question = { message: string } | 'start' | 'poll';

/** The agent, and what became of it. */
export interface ScriptedAgent extends Participant {
  /** The session of the last turn. */
  readonly session: SessionHandle;
  /** Resolves when a turn is open that the script doesn't answer. */
  held(): Promise<void>;
  /** Answers the turn that is held. */
  act(...acts: Act[]): void;
}

/** An agent that does what the script says, and holds the turns for which it says nothing. */
export function scriptedAgent(
  script: (question: Question, session: SessionHandle) => Act[] | undefined,
): ScriptedAgent {
  let latest: SessionHandle | undefined;
  let taken = '';
  let heldTurn: { session: SessionHandle; turnId: string } | undefined;
  let tell = (): void => {};

  const sessionOfTurn = (): SessionHandle => {
    if (!latest) throw new Error('the agent has not been asked yet');
    return latest;
  };

  return {
    get session() {
      return sessionOfTurn();
    },
    sessionChanged(session) {
      const { turn } = session.state;
      if (!turn || taken === `${session.info.id} ${turn.id}`) return;
      taken = `${session.info.id} ${turn.id}`;
      latest = session;
      const line = session.transcript.lines.find(({ messageId }) => messageId === turn.id);
      const goesOn = turn.kind === 'start' || turn.kind === 'poll';
      const acts = script(goesOn ? turn.kind : { message: line?.text ?? '' }, session);
      if (acts) {
        for (const act of acts) session.execute(act(turn.id));
        return;
      }
      heldTurn = { session, turnId: turn.id };
      tell();
    },
    held: () => (heldTurn ? Promise.resolve() : new Promise((resolve) => (tell = resolve))),
    act(...acts) {
      const held = heldTurn;
      if (!held) throw new Error('no turn is held');
      heldTurn = undefined;
      for (const act of acts) held.session.execute(act(held.turnId));
    },
  };
}

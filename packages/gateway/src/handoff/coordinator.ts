// Connects sessions that wait for a human with a desk: opens a case when the floor moves to the queue, passes
// on what the user writes, closes the case when the floor moves on. What to do is read off the session.
import type { Log, Timer, Timers } from '../kit/index.ts';
import type { Participant, SessionHandle, SessionInfo, TranscriptLine } from '../messaging/index.ts';
import { DeskError } from './ports/handoff-desk.ts';
import type { HandoffDesk } from './ports/handoff-desk.ts';

/** What the coordinator needs from its house. */
export interface CoordinatorParts {
  /** The desk of a session's agent; undefined when it has none. */
  deskFor(info: SessionInfo): HandoffDesk | undefined;
  /** How long a user waits in a queue before the wait is given up. */
  timeoutMs(queueName: string): number;
  timers: Timers;
  log: Log;
}

/** A case that is open at a desk. */
interface OpenCase {
  desk: HandoffDesk;
  /** Sequence of the last user message the desk has, or was given. */
  deliveredSequence: number;
  patience: Timer;
}

/** Creates the coordinator of hand-offs. */
export function createHandoffCoordinator(parts: CoordinatorParts): Participant {
  const cases = new Map<string, OpenCase>();

  function open(session: SessionHandle): void {
    const { info, state, transcript } = session;
    const desk = parts.deskFor(info);
    if (!desk || !state.handoff) {
      session.execute({ type: 'desk-failed', refused: true });
      return;
    }
    const request = state.handoff;
    const patience = parts.timers.after(parts.timeoutMs(request.queue), () =>
      session.execute({ type: 'desk-timed-out' }),
    );
    const opened: OpenCase = { desk, deliveredSequence: state.sequence, patience };
    cases.set(info.id, opened);
    const { id: sessionId, account, project } = info;
    const report: Parameters<HandoffDesk['open']>[0]['report'] = (command) => {
      if (cases.get(sessionId) === opened) session.execute(command);
    };
    desk
      .open({
        sessionId,
        account,
        project,
        request,
        wasLive: state.floor.holder === 'human',
        transcript: [...transcript.lines],
        report,
      })
      .catch((error: unknown) => {
        parts.log.warn({ sessionId, err: error }, 'A desk did not take a hand-off');
        report({ type: 'desk-failed', refused: error instanceof DeskError && error.refused });
      });
  }

  /** Passes on what the desk doesn't have yet, in order; the transcript came with the case. */
  function deliver(session: SessionHandle, opened: OpenCase): void {
    const unsent = userLinesAfter(opened.deliveredSequence, session.transcript.lines);
    for (const line of unsent) {
      opened.deliveredSequence = line.sequence;
      opened.desk.deliver(session.info.id, line).catch((error: unknown) => {
        parts.log.warn({ sessionId: session.info.id, err: error }, 'A message did not reach the desk');
        session.execute({ type: 'desk-forward-failed', messageId: line.messageId });
      });
    }
  }

  function close(sessionId: string, opened: OpenCase): void {
    cases.delete(sessionId);
    opened.patience.cancel();
    opened.desk.close(sessionId);
  }

  return {
    sessionChanged(session) {
      const { floor } = session.state;
      const opened = cases.get(session.info.id);
      switch (floor.holder) {
        case 'queue':
          if (!opened) open(session);
          else if (floor.accepted) deliver(session, opened);
          break;
        case 'human':
          if (!opened) {
            open(session);
            break;
          }
          opened.patience.cancel();
          deliver(session, opened);
          break;
        case 'nobody':
        case 'agent':
        case 'agent-joining':
          if (opened) close(session.info.id, opened);
          break;
      }
    },
    userTyping(session, state) {
      cases.get(session.info.id)?.desk.typing(session.info.id, state);
    },
    sessionUnloaded(session) {
      const opened = cases.get(session.info.id);
      if (opened) close(session.info.id, opened);
    },
  };
}

/** Looks from the end, for a long conversation has few lines that are new. */
function userLinesAfter(sequence: number, lines: readonly TranscriptLine[]): TranscriptLine[] {
  const last = lines.findLastIndex((line) => line.sequence <= sequence);
  return lines.slice(last + 1).filter(({ speaker }) => speaker === 'user');
}

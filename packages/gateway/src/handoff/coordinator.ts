// Connects sessions that wait for a human with a desk: opens a case when the floor moves to the queue, passes
// on what the user writes, closes the case when the floor moves on. What to do is read off the session.
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Log, Timer, Timers } from '../kit/index.ts';
import type {
  DeskCommand,
  Floor,
  Participant,
  SessionHandle,
  SessionInfo,
  TranscriptLine,
} from '../messaging/index.ts';
import { DeskError } from './ports/handoff-desk.ts';
import type { CaseEnd, HandoffDesk, Visitor } from './ports/handoff-desk.ts';
import { isCancelWord } from './queues.ts';
import type { Queue } from './queues.ts';
import { visitorOf } from './visitor-of.ts';

/** What the coordinator needs from its house. */
export interface CoordinatorParts {
  /** The desk of a session's agent; undefined when it has none. */
  deskFor(info: SessionInfo): HandoffDesk | undefined;
  /** The queue of a name. */
  queueCalled(name: string): WaitRules;
  clock: Clock;
  timers: Timers;
  log: Log;
}

/** What the coordinator has to know of a queue. */
type WaitRules = Pick<
  Queue,
  'timeoutMs' | 'afterTimeout' | 'afterFailure' | 'afterCancel' | 'cancelWords' | 'announce'
>;

type Waiting = Extract<Floor, { holder: 'queue' }>;

/** A case that is open at a desk. */
interface OpenCase {
  desk: HandoffDesk;
  /** Sequence of the last line the desk has, or was given. */
  deliveredSequence: number;
  visitor: Visitor;
  /** Ends the wait it was begun for. */
  patience: { waiting: Waiting; timer: Timer } | null;
  timedOut: boolean;
}

/** Creates the coordinator of hand-offs. */
export function createHandoffCoordinator(parts: CoordinatorParts): Participant {
  const cases = new Map<string, OpenCase>();

  function open(session: SessionHandle): void {
    const { info, state, transcript } = session;
    const { floor, handoff: request } = state;
    const desk = parts.deskFor(info);
    if (!desk || !request) {
      session.execute({ type: 'desk-failed', refused: true });
      return;
    }
    const queue = floor.holder === 'queue' ? floor.queue : request.queue;
    const visitor = visitorOf(session);
    const opened: OpenCase = { desk, deliveredSequence: state.sequence, visitor, patience: null, timedOut: false };
    const { id: sessionId, account, project } = info;
    cases.set(sessionId, opened);
    const report = (command: DeskCommand): boolean =>
      cases.get(sessionId) === opened && carriedOut(session, withAftermath(command, queue));
    desk
      .open({
        sessionId,
        account,
        project,
        request,
        queue,
        waitingSinceMs: floor.holder === 'queue' ? floor.sinceMs : parts.clock.nowMs(),
        accepted: floor.holder === 'human' || (floor.holder === 'queue' && floor.accepted),
        human: floor.holder === 'human' ? floor.agent : null,
        visitor,
        transcript: [...transcript.lines],
        report,
      })
      .catch((error: unknown) => {
        parts.log.warn({ sessionId, err: error }, 'A desk did not take a hand-off');
        const { refused, reason } = error instanceof DeskError ? error : { refused: false, reason: undefined };
        report({ type: 'desk-failed', refused, reason });
      });
    if (floor.holder === 'queue') beginPatience(session, opened, floor);
  }

  /** What follows a failure is the queue's to say, whatever desk fails. */
  function withAftermath(command: DeskCommand, queue: string): DeskCommand {
    if (command.type !== 'desk-failed') return command;
    return { ...command, ends: parts.queueCalled(queue).afterFailure === 'end' };
  }

  /** A wait that a former process began goes on. */
  function beginPatience(session: SessionHandle, opened: OpenCase, waiting: Waiting): void {
    opened.patience?.timer.cancel();
    const { timeoutMs, afterTimeout } = parts.queueCalled(waiting.queue);
    const leftMs = Math.max(0, waiting.sinceMs + timeoutMs - parts.clock.nowMs());
    const timer = parts.timers.after(leftMs, () => {
      opened.timedOut = carriedOut(session, { type: 'desk-timed-out', ends: afterTimeout === 'end' });
    });
    opened.patience = { waiting, timer };
  }

  function endPatience(opened: OpenCase): void {
    opened.patience?.timer.cancel();
    opened.patience = null;
  }

  /** Passes on what the desk doesn't have yet, in order; the transcript came with the case. */
  function deliver(session: SessionHandle, opened: OpenCase): void {
    for (const line of linesAfter(opened.deliveredSequence, session.transcript.lines)) {
      opened.deliveredSequence = line.sequence;
      if (line.speaker === 'user') give(session, opened, line);
      else opened.desk.shown?.(session.info.id, line);
    }
  }

  function give(session: SessionHandle, opened: OpenCase, line: TranscriptLine): void {
    const { id: sessionId } = session.info;
    opened.desk.deliver(sessionId, line).catch((error: unknown) => {
      parts.log.warn({ sessionId, err: error }, 'A message did not reach the desk');
      session.execute({ type: 'desk-forward-failed', messageId: line.messageId });
    });
    const { floor } = session.state;
    if (floor.holder !== 'queue') return;
    const { cancelWords, afterCancel } = parts.queueCalled(floor.queue);
    if (!isCancelWord(line.text, { cancelWords })) return;
    session.execute({ type: 'cancel-handoff', ends: afterCancel === 'end' });
  }

  function tellVisitor(session: SessionHandle): void {
    const opened = cases.get(session.info.id);
    if (!opened) return;
    const visitor = visitorOf(session);
    if (isDeepStrictEqual(visitor, opened.visitor)) return;
    opened.visitor = visitor;
    opened.desk.visitorChanged?.(session.info.id, visitor);
  }

  function close(sessionId: string, opened: OpenCase, why: CaseEnd): void {
    cases.delete(sessionId);
    endPatience(opened);
    opened.desk.close(sessionId, why);
  }

  return {
    sessionChanged(session) {
      const { state } = session;
      const { floor, ended } = state;
      const opened = cases.get(session.info.id);
      switch (floor.holder) {
        case 'queue':
          if (!opened) {
            // Callers who are told to go elsewhere wait for nobody.
            if (!state.call || parts.queueCalled(floor.queue).announce === null) open(session);
            break;
          }
          if (!sameWait(opened.patience?.waiting, floor)) beginPatience(session, opened, floor);
          tellVisitor(session);
          if (floor.accepted) deliver(session, opened);
          break;
        case 'human':
          if (!opened) {
            open(session);
            break;
          }
          endPatience(opened);
          tellVisitor(session);
          deliver(session, opened);
          break;
        case 'nobody':
          if (!opened) break;
          // What was said last and the end may be one step.
          if (ended) deliver(session, opened);
          close(session.info.id, opened, opened.timedOut ? 'timed-out' : ended ? 'ended' : 'failed');
          break;
        case 'agent':
        case 'agent-joining':
          if (!opened) break;
          deliver(session, opened);
          close(session.info.id, opened, 'returned');
          break;
      }
    },
    presenceChanged: tellVisitor,
    userTyping(session, state) {
      cases.get(session.info.id)?.desk.typing(session.info.id, state);
    },
    sessionUnloaded(session) {
      const opened = cases.get(session.info.id);
      if (opened) close(session.info.id, opened, 'unloaded');
    },
  };
}

/** Whether the command changed the session. */
function carriedOut(session: SessionHandle, command: DeskCommand): boolean {
  const { position } = session.state;
  session.execute(command);
  return session.state.position > position;
}

function sameWait(one: Waiting | undefined, other: Waiting): boolean {
  return one?.queue === other.queue && one.sinceMs === other.sinceMs;
}

/** Looks from the end, for a long conversation has few lines that are new. Agents say nothing to a desk. */
function linesAfter(sequence: number, lines: readonly TranscriptLine[]): TranscriptLine[] {
  const last = lines.findLastIndex((line) => line.sequence <= sequence);
  return lines.slice(last + 1).filter(({ speaker }) => speaker !== 'agent');
}

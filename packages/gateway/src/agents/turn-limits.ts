// The time limits of a turn that somebody else answers: one for the beginning of the answer, one for all of it.
import type { Timers } from '../kit/index.ts';
import { AgentError } from './ports/chat-agent.ts';

/** How long an answer may take. */
interface Limits {
  timers: Timers;
  /** Aborts when the turn is no longer wanted. */
  signal: AbortSignal;
  /** Until the answer begins. */
  beginMs: number;
  /** Until it is complete. */
  totalMs: number;
}

/** The limits of one turn under way. */
export interface TurnLimits {
  /** Aborts when the turn isn't wanted any more, with the {@link AgentError} to throw when its time is up. */
  readonly signal: AbortSignal;
  /** The answer has begun: from now on only the second limit counts. */
  begun(): void;
  /** The turn is over, however it went: aborts whatever still runs. */
  end(): void;
}

/** Why whatever still runs is aborted. One for all turns: an error made for each costs more than the rest of an end. */
export const turnOver: Error = new Error('the turn is over');

/** Starts the clock of a turn. */
export function limitTurn({ timers, signal, beginMs, totalMs }: Limits): TurnLimits {
  const controller = new AbortController();
  let hasBegun = false;
  const first = timers.after(beginMs, () =>
    controller.abort(new AgentError('no-reply', `no answer began within ${beginMs} ms`)),
  );
  const total = timers.after(totalMs, () =>
    controller.abort(
      new AgentError(hasBegun ? 'broken' : 'no-reply', `the answer wasn't complete after ${totalMs} ms`),
    ),
  );
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    begun() {
      hasBegun = true;
      first.cancel();
    },
    end() {
      first.cancel();
      total.cancel();
      controller.abort(turnOver);
    },
  };
}

// Decides what the connection does next: when to ask for a session, when to open a socket, how long to
// wait, when to give up. Told what happened, it answers with its next state and what is to be done.
import { closeCodes } from '@parley/protocol';
import type { ApiFailure } from './api-failure.ts';

/** What stands at the other end of a wait: a new session, or a new socket of the session we have. */
export type Goal = 'session' | 'socket';

/** Where the connection stands. `attempt` counts the failures in a row since it last held. */
export type Connection =
  | { at: 'idle' }
  | { at: 'creating-session'; attempt: number }
  | { at: 'opening'; attempt: number }
  /** The handshake failed, and a browser doesn't say why: the server is being asked. */
  | { at: 'asking-why'; attempt: number }
  | { at: 'open'; attempt: number; sinceMs: number }
  | { at: 'waiting'; attempt: number; goal: Goal; untilMs: number }
  | { at: 'gave-up'; goal: Goal; failure?: ApiFailure }
  /** The conversation is over. */
  | { at: 'ended' }
  | { at: 'closed' };

/** What happened. */
export type ConnectionInput =
  | { kind: 'start'; hasSession: boolean }
  | { kind: 'session-created' }
  | { kind: 'session-failed'; failure: ApiFailure }
  | { kind: 'opened' }
  | { kind: 'socket-closed'; code: number }
  /** The answer to `ask-why`: the session can't be reached any more, or there is another reason. */
  | { kind: 'asked-why'; sessionGone: boolean }
  /** The other side has stopped answering heartbeats. */
  | { kind: 'silent' }
  | { kind: 'session-ended' }
  | { kind: 'alarm' }
  /** The user asks, or the network is said to be back. */
  | { kind: 'retry' }
  | { kind: 'start-over' }
  | { kind: 'close' };

/** What is to be done. A new state's alarm replaces that of the last one. */
export type ConnectionEffect =
  | { do: 'create-session' }
  | { do: 'open-socket' }
  | { do: 'close-socket'; code: number }
  | { do: 'ask-why' }
  | { do: 'forget-session' }
  | { do: 'set-alarm'; inMs: number };

/** What a decision needs to know from outside. */
export interface ConnectionFacts {
  nowMs: number;
  /** A fresh random number in [0, 1): spreads out clients that lost the same server. */
  random: number;
  /** Failures in a row before giving up; 0 is never. */
  maxAttempts: number;
}

/** A state and what is to be done on entering it. */
export interface ConnectionStep {
  next: Connection;
  effects: ConnectionEffect[];
}

const OPEN_TIMEOUT_MS = 15_000;
/** A socket that lived this long has proven itself: the next loss counts as the first. */
const PROVEN_AFTER_MS = 5_000;
/** What this side closes with: 1000 when it is finished, the SDKs' 4002 when it drops a dead socket. */
const FINISHED = closeCodes.ended;
const DROPPED = 4002;

/** The next state, and what is to be done. An input that means nothing in a state changes nothing. */
export function stepConnection(state: Connection, input: ConnectionInput, facts: ConnectionFacts): ConnectionStep {
  switch (input.kind) {
    case 'start':
      return state.at === 'idle' || state.at === 'closed'
        ? pursue(input.hasSession ? 'socket' : 'session', 0)
        : stay(state);
    case 'session-created':
      return state.at === 'creating-session' ? pursue('socket', state.attempt) : stay(state);
    case 'session-failed':
      return state.at === 'creating-session' ? sessionFailed(state.attempt, input.failure, facts) : stay(state);
    case 'opened':
      return state.at === 'opening'
        ? { next: { at: 'open', attempt: state.attempt, sinceMs: facts.nowMs }, effects: [] }
        : stay(state);
    case 'socket-closed':
      return socketClosed(state, input.code, facts);
    case 'asked-why':
      if (state.at !== 'asking-why') return stay(state);
      return input.sessionGone ? sessionGone(state.attempt, facts) : failed(state.attempt, 'socket', facts);
    case 'silent':
      return state.at === 'open' ? dropped(failed(provenAttempt(state, facts), 'socket', facts)) : stay(state);
    case 'session-ended':
      return state.at === 'open'
        ? { next: { at: 'ended' }, effects: [{ do: 'close-socket', code: FINISHED }] }
        : stay(state);
    case 'alarm':
      if (state.at === 'opening') return dropped(failed(state.attempt, 'socket', facts));
      return state.at === 'waiting' ? pursue(state.goal, state.attempt) : stay(state);
    case 'retry':
      return state.at === 'waiting' || state.at === 'gave-up' ? pursue(state.goal, 0) : stay(state);
    case 'start-over':
      return startOver(state);
    case 'close':
      return { next: { at: 'closed' }, effects: hasSocket(state) ? [{ do: 'close-socket', code: FINISHED }] : [] };
  }
}

/** How long to wait after the given number of failures: 1, 2, 4 … 30 s, spread by a fifth either way. */
export function backOffMs(failures: number, random: number): number {
  const plainMs = Math.min(1000 * 2 ** (failures - 1), 30_000);
  return Math.round(plainMs * (0.8 + 0.4 * random));
}

function pursue(goal: Goal, attempt: number): ConnectionStep {
  if (goal === 'session') return { next: { at: 'creating-session', attempt }, effects: [{ do: 'create-session' }] };
  return {
    next: { at: 'opening', attempt },
    effects: [{ do: 'open-socket' }, { do: 'set-alarm', inMs: OPEN_TIMEOUT_MS }],
  };
}

function failed(earlier: number, goal: Goal, facts: ConnectionFacts, atLeastMs = 0): ConnectionStep {
  const attempt = earlier + 1;
  if (facts.maxAttempts > 0 && attempt > facts.maxAttempts) return { next: { at: 'gave-up', goal }, effects: [] };
  const inMs = Math.max(atLeastMs, backOffMs(attempt, facts.random));
  return {
    next: { at: 'waiting', attempt, goal, untilMs: facts.nowMs + inMs },
    effects: [{ do: 'set-alarm', inMs }],
  };
}

function sessionFailed(attempt: number, failure: ApiFailure, facts: ConnectionFacts): ConnectionStep {
  if (!failure.canRetry) return { next: { at: 'gave-up', goal: 'session', failure }, effects: [] };
  const step = failed(attempt, 'session', facts, failure.retryAfterMs);
  return step.next.at === 'gave-up' ? { ...step, next: { ...step.next, failure } } : step;
}

function socketClosed(state: Connection, code: number, facts: ConnectionFacts): ConnectionStep {
  if (state.at === 'opening')
    return { next: { at: 'asking-why', attempt: state.attempt }, effects: [{ do: 'ask-why' }] };
  if (state.at !== 'open') return stay(state);
  if (code === closeCodes.ended) return { next: { at: 'ended' }, effects: [] };
  const attempt = provenAttempt(state, facts);
  return code === closeCodes.sessionDeleted ? sessionGone(attempt, facts) : failed(attempt, 'socket', facts);
}

// The first time at once; a server that keeps losing sessions is given time.
function sessionGone(attempt: number, facts: ConnectionFacts): ConnectionStep {
  const step = attempt === 0 ? pursue('session', 1) : failed(attempt, 'session', facts);
  return { ...step, effects: [{ do: 'forget-session' }, ...step.effects] };
}

function startOver(state: Connection): ConnectionStep {
  const { next, effects } = pursue('session', 0);
  const before: ConnectionEffect[] = hasSocket(state) ? [{ do: 'close-socket', code: FINISHED }] : [];
  return { next, effects: [...before, { do: 'forget-session' }, ...effects] };
}

function provenAttempt(state: Connection & { at: 'open' }, facts: ConnectionFacts): number {
  return facts.nowMs - state.sinceMs >= PROVEN_AFTER_MS ? 0 : state.attempt;
}

function dropped(step: ConnectionStep): ConnectionStep {
  return { ...step, effects: [{ do: 'close-socket', code: DROPPED }, ...step.effects] };
}

function hasSocket(state: Connection): boolean {
  return state.at === 'opening' || state.at === 'open';
}

function stay(next: Connection): ConnectionStep {
  return { next, effects: [] };
}

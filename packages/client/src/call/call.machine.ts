// Decides what a call does next: from the click through the microphone to the audio path, over interruptions,
// to its end. Told what happened, it answers with its next state and what is to be done.
import type { CallProblem, MicrophoneProblem, Relay } from './call-problem.ts';

/** Where a call stands. Times are milliseconds since the epoch. */
export type CallState =
  | { at: 'idle' }
  | { at: 'asking-microphone' }
  /** From the microphone to the first audio path. `answered`: the server has taken the call. */
  | { at: 'connecting'; answered: boolean; untilMs: number }
  | { at: 'live'; sinceMs: number }
  /** The audio path is interrupted and being mended. `sinceMs` is when the call was first live. */
  | { at: 'reconnecting'; sinceMs: number; untilMs: number }
  | { at: 'ended'; by: 'caller' | 'agent'; lastedMs: number }
  | { at: 'failed'; problem: CallProblem; lastedMs: number };

/** How the audio path is. */
export type MediaState = 'connected' | 'interrupted' | 'failed';

/** What happened. */
export type CallInput =
  | { kind: 'start' }
  | { kind: 'microphone-open' }
  | { kind: 'microphone-failed'; problem: MicrophoneProblem }
  | { kind: 'answered' }
  | { kind: 'refused'; reason: string; message: string }
  | { kind: 'unreachable' }
  | { kind: 'media'; is: MediaState }
  /** The agent has hung up. */
  | { kind: 'closed' }
  | { kind: 'hang-up' }
  /** The machine may be in another network now. */
  | { kind: 'network-changed' }
  | { kind: 'alarm' };

/** What is to be done. A new alarm replaces the last one, and so does a state without any. */
export type CallEffect =
  | { do: 'open-microphone' }
  /** Find the ICE servers, open signaling, send an offer. */
  | { do: 'connect' }
  /** Send an offer that asks for new paths. */
  | { do: 'restart-ice' }
  /** Hang up, and let go of microphone, audio path and signaling. */
  | { do: 'release' }
  | { do: 'set-alarm'; inMs: number };

/** What a decision needs to know from outside. */
export interface CallFacts {
  nowMs: number;
  relay: Relay;
}

/** A state and what is to be done on entering it. */
export interface CallStep {
  next: CallState;
  effects: CallEffect[];
}

/** The SDKs' time from start to media. */
const CONNECT_WITHIN_MS = 30_000;
/** The gateway's own patience with a caller whom it can't hear. */
const RECONNECT_WITHIN_MS = 30_000;
/** An interruption this short mends itself more often than not. */
const RESTART_AFTER_MS = 1_500;
const RESTART_EVERY_MS = 6_000;

/** The next state, and what is to be done. An input that means nothing in a state changes nothing. */
export function stepCall(state: CallState, input: CallInput, facts: CallFacts): CallStep {
  if (input.kind === 'start') {
    return state.at === 'idle'
      ? { next: { at: 'asking-microphone' }, effects: [{ do: 'open-microphone' }] }
      : stay(state);
  }
  if (!isUnderWay(state)) return stay(state);
  switch (input.kind) {
    case 'microphone-open':
      return state.at === 'asking-microphone' ? connect(facts) : stay(state);
    case 'microphone-failed':
      return state.at === 'asking-microphone' ? fail(state, input.problem, facts) : stay(state);
    case 'answered':
      return state.at === 'connecting' ? answered(state, facts) : stay(state);
    case 'refused':
      return refused(state, input, facts);
    case 'unreachable':
      return state.at === 'connecting' ? fail(state, { code: 'unreachable' }, facts) : stay(state);
    case 'media':
      return media(state, input.is, facts);
    case 'closed':
      return end(state, 'agent', facts);
    case 'hang-up':
      return end(state, 'caller', facts);
    case 'network-changed':
      return networkChanged(state, facts);
    case 'alarm':
      return alarm(state, facts);
  }
}

type UnderWay = Exclude<CallState, { at: 'idle' | 'ended' | 'failed' }>;

/** Whether a call is being made or held. */
export function isUnderWay(state: CallState): state is UnderWay {
  return state.at !== 'idle' && state.at !== 'ended' && state.at !== 'failed';
}

function connect({ nowMs }: CallFacts): CallStep {
  return {
    next: { at: 'connecting', answered: false, untilMs: nowMs + CONNECT_WITHIN_MS },
    effects: [{ do: 'connect' }, { do: 'set-alarm', inMs: CONNECT_WITHIN_MS }],
  };
}

function answered(state: CallState & { at: 'connecting' }, { nowMs }: CallFacts): CallStep {
  return {
    next: { ...state, answered: true },
    effects: [{ do: 'set-alarm', inMs: state.untilMs - nowMs }],
  };
}

// A server that can't handle a call which was live has lost it, as after a crash: nothing was refused.
function refused(state: UnderWay, { reason, message }: CallInput & { kind: 'refused' }, facts: CallFacts): CallStep {
  const isLost = 'sinceMs' in state && reason === 'HANDLER_ERROR';
  return fail(state, isLost ? { code: 'lost' } : { code: 'refused', reason, message }, facts);
}

function media(state: UnderWay, is: MediaState, facts: CallFacts): CallStep {
  const { nowMs, relay } = facts;
  if (is === 'connected') {
    if (state.at === 'connecting') return { next: { at: 'live', sinceMs: nowMs }, effects: [] };
    return state.at === 'reconnecting' ? { next: { at: 'live', sinceMs: state.sinceMs }, effects: [] } : stay(state);
  }
  if (state.at === 'connecting' && is === 'failed') return fail(state, { code: 'no-connection', relay }, facts);
  if (state.at === 'reconnecting' && is === 'failed') return restart(state, facts);
  if (state.at !== 'live') return stay(state);
  const next = { at: 'reconnecting' as const, sinceMs: state.sinceMs, untilMs: nowMs + RECONNECT_WITHIN_MS };
  return is === 'failed' ? restart(next, facts) : { next, effects: [{ do: 'set-alarm', inMs: RESTART_AFTER_MS }] };
}

// Where a live call's path has not broken yet, a new one is sought beside it.
function networkChanged(state: UnderWay, facts: CallFacts): CallStep {
  if (state.at === 'live') return { next: state, effects: [{ do: 'restart-ice' }] };
  return state.at === 'reconnecting' ? restart(state, facts) : stay(state);
}

function alarm(state: UnderWay, facts: CallFacts): CallStep {
  if (state.at === 'connecting') {
    const problem: CallProblem = state.answered
      ? { code: 'no-connection', relay: facts.relay }
      : { code: 'unreachable' };
    return fail(state, problem, facts);
  }
  if (state.at !== 'reconnecting') return stay(state);
  return facts.nowMs < state.untilMs ? restart(state, facts) : fail(state, { code: 'lost' }, facts);
}

function restart(state: CallState & { at: 'reconnecting' }, { nowMs }: CallFacts): CallStep {
  const inMs = Math.max(0, Math.min(RESTART_EVERY_MS, state.untilMs - nowMs));
  return { next: state, effects: [{ do: 'restart-ice' }, { do: 'set-alarm', inMs }] };
}

function fail(state: UnderWay, problem: CallProblem, facts: CallFacts): CallStep {
  return { next: { at: 'failed', problem, lastedMs: lastedMs(state, facts) }, effects: [{ do: 'release' }] };
}

function end(state: UnderWay, by: 'caller' | 'agent', facts: CallFacts): CallStep {
  return { next: { at: 'ended', by, lastedMs: lastedMs(state, facts) }, effects: [{ do: 'release' }] };
}

function lastedMs(state: UnderWay, { nowMs }: CallFacts): number {
  return 'sinceMs' in state ? nowMs - state.sinceMs : 0;
}

function stay(state: CallState): CallStep {
  return { next: state, effects: [] };
}

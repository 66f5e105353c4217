// Decides what the connection to the desk does next: whether somebody is signed in, when to open the feed, how long to
// wait. Told what happened, it answers with its next state and what is to be done. A desk is open all day: it never
// gives up.
import { backOffMs } from '../connection.machine.ts';

/** Where the connection stands. `attempt` counts the failures in a row since it last held. */
export type DeskLink =
  | { at: 'idle' }
  /** The server is asked who is signed in, before every feed: browsers don't say why a handshake failed. */
  | { at: 'checking'; attempt: number }
  /** Somebody has to sign in. */
  | { at: 'signed-out' }
  | { at: 'opening'; attempt: number }
  | { at: 'open'; attempt: number; sinceMs: number }
  | { at: 'waiting'; attempt: number; untilMs: number }
  | { at: 'closed' };

/** What happened. */
export type DeskLinkInput =
  | { kind: 'start' }
  | { kind: 'checked'; answer: 'signed-in' | 'signed-out' | 'no-answer' }
  | { kind: 'opened' }
  | { kind: 'socket-closed' }
  /** The other side no longer answers. */
  | { kind: 'silent' }
  | { kind: 'alarm' }
  /** The user asks, or the network is said to be back. */
  | { kind: 'retry' }
  | { kind: 'signed-in' }
  | { kind: 'signed-out' }
  | { kind: 'close' };

/** What is to be done. A new state's alarm replaces that of the last one. */
export type DeskLinkEffect = { do: 'check' } | { do: 'open' } | { do: 'drop' } | { do: 'set-alarm'; inMs: number };

/** A state and what is to be done on entering it. */
export interface DeskLinkStep {
  next: DeskLink;
  effects: DeskLinkEffect[];
}

const OPEN_TIMEOUT_MS = 15_000;
/** A socket that lived this long has proven itself: the next loss counts as the first. */
const PROVEN_AFTER_MS = 5_000;

/** The next state, and what is to be done. An input that means nothing in a state changes nothing. */
export function stepDeskLink(
  state: DeskLink,
  input: DeskLinkInput,
  facts: { nowMs: number; random: number },
): DeskLinkStep {
  switch (input.kind) {
    case 'start':
      return state.at === 'idle' || state.at === 'closed' ? check(0) : stay(state);
    case 'checked':
      return state.at === 'checking' ? checked(state.attempt, input.answer, facts) : stay(state);
    case 'opened':
      return state.at === 'opening'
        ? { next: { at: 'open', attempt: state.attempt, sinceMs: facts.nowMs }, effects: [] }
        : stay(state);
    case 'socket-closed':
      if (state.at === 'opening') return failed(state.attempt, facts);
      return state.at === 'open' ? failed(attemptsSince(state, facts), facts) : stay(state);
    case 'silent':
      return state.at === 'open' ? dropped(failed(attemptsSince(state, facts), facts)) : stay(state);
    case 'alarm':
      if (state.at === 'opening') return dropped(failed(state.attempt, facts));
      return state.at === 'waiting' ? check(state.attempt) : stay(state);
    case 'retry':
      return state.at === 'waiting' ? check(0) : stay(state);
    case 'signed-in':
      return hasSocket(state) ? dropped(check(0)) : check(0);
    case 'signed-out': {
      const step: DeskLinkStep = { next: { at: 'signed-out' }, effects: [] };
      return hasSocket(state) ? dropped(step) : step;
    }
    case 'close':
      return { next: { at: 'closed' }, effects: hasSocket(state) ? [{ do: 'drop' }] : [] };
  }
}

function check(attempt: number): DeskLinkStep {
  return { next: { at: 'checking', attempt }, effects: [{ do: 'check' }] };
}

function checked(
  attempt: number,
  answer: 'signed-in' | 'signed-out' | 'no-answer',
  facts: { nowMs: number; random: number },
): DeskLinkStep {
  switch (answer) {
    case 'signed-in':
      return {
        next: { at: 'opening', attempt },
        effects: [{ do: 'open' }, { do: 'set-alarm', inMs: OPEN_TIMEOUT_MS }],
      };
    case 'signed-out':
      return { next: { at: 'signed-out' }, effects: [] };
    case 'no-answer':
      return failed(attempt, facts);
  }
}

function failed(earlier: number, { nowMs, random }: { nowMs: number; random: number }): DeskLinkStep {
  const attempt = earlier + 1;
  const inMs = backOffMs(attempt, random);
  return { next: { at: 'waiting', attempt, untilMs: nowMs + inMs }, effects: [{ do: 'set-alarm', inMs }] };
}

function attemptsSince({ attempt, sinceMs }: DeskLink & { at: 'open' }, { nowMs }: { nowMs: number }): number {
  return nowMs - sinceMs >= PROVEN_AFTER_MS ? 0 : attempt;
}

function dropped({ next, effects }: DeskLinkStep): DeskLinkStep {
  return { next, effects: [{ do: 'drop' }, ...effects] };
}

function hasSocket({ at }: DeskLink): boolean {
  return at === 'opening' || at === 'open';
}

function stay(next: DeskLink): DeskLinkStep {
  return { next, effects: [] };
}

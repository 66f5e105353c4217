// Decides who speaks: when the model is asked for a response, when the agent falls silent, and whether the model
// answers the caller by itself (voice spec, sections 9.3 and 11.4).
import type { ResponseWish } from '../ports/speech-model.ts';

/**
 * A response the house wants. `reply`: to what is in the conversation, so any later response will do; `line`: this
 * response and no other.
 */
export interface Wish extends ResponseWish {
  kind: 'reply' | 'line';
}

export interface TurnTaking {
  /** Whether the caller may ever interrupt. */
  interruptible: boolean;
  /** There is a model to talk to. */
  connected: boolean;
  /** What the model was asked to do when the caller speaks, and what it is known to do. */
  shallAnswer: boolean;
  answersByItself: boolean;
  /** What is being said must be heard to its end. */
  shielded: boolean;
  /** The agent has nothing to say: it hasn't the floor, or has said goodbye. */
  quiet: boolean;
  /** Something of the agent is being played or waits to be. */
  sounding: boolean;
  callerSpeaks: boolean;
  /** The model is about to answer the caller by itself. */
  expecting: boolean;
  /** The caller has said something that nobody answers yet. */
  owed: boolean;
  /** The response being made. */
  live: { responseId: string } | null;
  /** A response that was asked for and hasn't begun. `abandoned`: it isn't wanted any more. */
  asked: { wish: Wish; abandoned: boolean } | null;
  waiting: readonly Wish[];
  /** Responses of which nothing may be heard any more, the last few. */
  muted: readonly string[];
}

export type TurnInput =
  | { type: 'connected' }
  | { type: 'lost' }
  | { type: 'configured'; answersByItself: boolean }
  | { type: 'caller-began' }
  | { type: 'caller-paused' }
  | { type: 'caller-said' }
  /** The caller did something else than speak that wants to be answered at once. */
  | { type: 'interrupt' }
  | { type: 'sounding'; on: boolean }
  | { type: 'shielded'; on: boolean }
  | { type: 'quiet'; on: boolean }
  | { type: 'wish'; wish: Wish }
  | { type: 'forget'; wishId: string }
  | { type: 'refused'; wishId: string; busy: boolean }
  | { type: 'response-began'; responseId: string; wishId: string | null }
  | { type: 'response-over'; responseId: string };

export type TurnEffect =
  /** Silence now, and the model told what was heard. */
  | { do: 'cut' }
  | { do: 'cancel'; responseId: string }
  | { do: 'ask'; wish: Wish }
  | { do: 'configure'; answersByItself: boolean };

const maxMuted = 16;
/** The answer to the caller when the model doesn't give it by itself. */
const answerToCaller: Wish = { id: 'answer', kind: 'reply', tools: true };

/** Before there is a connection. */
export function beginTurnTaking(interruptible: boolean): TurnTaking {
  return {
    interruptible,
    connected: false,
    shallAnswer: interruptible,
    answersByItself: interruptible,
    shielded: false,
    quiet: false,
    sounding: false,
    callerSpeaks: false,
    expecting: false,
    owed: false,
    live: null,
    asked: null,
    waiting: [],
    muted: [],
  };
}

/** The agent could speak, but nobody does or is about to. */
export function isIdle(state: TurnTaking): boolean {
  const { connected, quiet, callerSpeaks, sounding, owed, waiting } = state;
  return connected && !quiet && !callerSpeaks && !sounding && !owed && waiting.length === 0 && !isDue(state);
}

/** The model is to say something, or says it. */
export function isDue({ connected, expecting, live, asked }: TurnTaking): boolean {
  return connected && (expecting || live !== null || asked !== null);
}

/** Whether audio and words of this response are still to be heard. */
export function isWanted(state: TurnTaking, responseId: string): boolean {
  return !state.muted.includes(responseId);
}

/** What follows from one thing that happened. */
export function step(before: TurnTaking, input: TurnInput): { state: TurnTaking; effects: TurnEffect[] } {
  const taken = take(before, input);
  const configured = configureIfNeeded(taken.state);
  const asked = askIfFree(configured.state);
  return { state: asked.state, effects: [...taken.effects, ...configured.effects, ...asked.effects] };
}

type Step = { state: TurnTaking; effects: TurnEffect[] };

function take(state: TurnTaking, input: TurnInput): Step {
  switch (input.type) {
    case 'connected':
      return only({ ...state, connected: true, answersByItself: state.shallAnswer });
    case 'lost': {
      const again = askAgain(state);
      const owed = again.owed || state.expecting;
      return only({ ...again, connected: false, callerSpeaks: false, expecting: false, owed, live: null });
    }
    case 'configured':
      return only({ ...state, answersByItself: input.answersByItself });
    case 'caller-began': {
      const speaking = { ...state, callerSpeaks: true };
      return mayInterrupt(state) ? interrupted(speaking) : only(speaking);
    }
    case 'caller-paused':
      return only({ ...state, callerSpeaks: false });
    case 'caller-said': {
      const heard = { ...state, callerSpeaks: false };
      if (state.quiet) return only(heard);
      // While it makes a response, a model doesn't begin another.
      const isAnswered = state.answersByItself && (!state.live || !isWanted(state, state.live.responseId));
      return only(isAnswered ? { ...heard, expecting: true } : { ...heard, owed: true });
    }
    case 'interrupt':
      return mayInterrupt({ ...state, interruptible: true }) ? interrupted(state, 'ours') : only(state);
    case 'sounding':
      return only({ ...state, sounding: input.on });
    case 'shielded':
      return only({ ...state, shielded: input.on });
    case 'quiet':
      return only(input.on ? fallQuiet(state) : { ...state, quiet: false });
    case 'wish':
      if (state.quiet && !isLineWish(input.wish)) return only(state);
      return only({ ...state, waiting: [...state.waiting, input.wish] });
    case 'forget':
      return only({ ...state, waiting: state.waiting.filter(({ id }) => id !== input.wishId) });
    case 'refused':
      return only(refused(state, input));
    case 'response-began':
      return began(state, input);
    case 'response-over':
      return only(state.live?.responseId === input.responseId ? { ...state, live: null } : state);
  }
}

function fallQuiet(state: TurnTaking): TurnTaking {
  return { ...withoutReplies(state), quiet: true, owed: false };
}

function mayInterrupt({ interruptible, shielded, quiet }: TurnTaking): boolean {
  return interruptible && !shielded && !quiet;
}

/** Silences the agent. A model that answers by itself has noticed the caller, and breaks off by itself. */
function interrupted(state: TurnTaking, cause: 'caller' | 'ours' = 'caller'): Step {
  const { live, sounding, asked, answersByItself } = state;
  if (!live && !sounding && !asked) return only(state);
  const cancels = live !== null && (cause === 'ours' || !answersByItself);
  return {
    state: { ...withoutReplies(live ? muted(state, live.responseId) : state), expecting: false },
    effects: [
      ...(sounding ? [{ do: 'cut' as const }] : []),
      ...(cancels ? [{ do: 'cancel' as const, responseId: live.responseId }] : []),
    ],
  };
}

function began(state: TurnTaking, { responseId, wishId }: { responseId: string; wishId: string | null }): Step {
  const asked = state.asked?.wish.id === wishId ? state.asked : null;
  const isLine = asked?.wish.kind === 'line';
  const live = { ...state, live: { responseId }, expecting: false, asked: asked ? null : state.asked };
  if (asked?.abandoned || (state.quiet && !isLine)) {
    return { state: muted(live, responseId), effects: [{ do: 'cancel', responseId }] };
  }
  if (isLine) return only(live);
  // A response that begins now answers everything said so far.
  return only({ ...live, owed: false, waiting: state.waiting.filter(isLineWish) });
}

function refused(state: TurnTaking, { wishId, busy }: { wishId: string; busy: boolean }): TurnTaking {
  if (state.asked?.wish.id !== wishId) return state;
  if (!busy) return { ...state, asked: null };
  // What occupies the model has begun, or is just about to.
  return { ...askAgain(state), expecting: state.live === null };
}

/** What was asked for waits again. */
function askAgain(state: TurnTaking): TurnTaking {
  const { asked, waiting } = state;
  if (!asked || asked.abandoned) return { ...state, asked: null };
  if (asked.wish === answerToCaller) return { ...state, asked: null, owed: true };
  return { ...state, asked: null, waiting: [asked.wish, ...waiting] };
}

function withoutReplies(state: TurnTaking): TurnTaking {
  const { asked } = state;
  const waiting = state.waiting.filter(isLineWish);
  return { ...state, waiting, asked: asked && { ...asked, abandoned: asked.abandoned || !isLineWish(asked.wish) } };
}

function configureIfNeeded(state: TurnTaking): Step {
  const shallAnswer = mayInterrupt(state);
  if (shallAnswer === state.shallAnswer) return only(state);
  return {
    state: { ...state, shallAnswer },
    effects: state.connected ? [{ do: 'configure', answersByItself: shallAnswer }] : [],
  };
}

function askIfFree(state: TurnTaking): Step {
  const { connected, live, asked, callerSpeaks, expecting, owed, sounding, quiet, shielded, waiting } = state;
  // Who mustn't be interrupted doesn't wait for a pause either.
  if (!connected || live || asked || expecting || (callerSpeaks && !shielded)) return only(state);
  const [next, ...rest] = waiting;
  if (next) return ask({ ...state, waiting: rest }, next);
  return owed && !sounding && !quiet ? ask({ ...state, owed: false }, answerToCaller) : only(state);
}

function ask(state: TurnTaking, wish: Wish): Step {
  return { state: { ...state, asked: { wish, abandoned: false } }, effects: [{ do: 'ask', wish }] };
}

function isLineWish({ kind }: Wish): boolean {
  return kind === 'line';
}

function muted(state: TurnTaking, responseId: string): TurnTaking {
  return { ...state, muted: [...state.muted, responseId].slice(-maxMuted) };
}

function only(state: TurnTaking): Step {
  return { state, effects: [] };
}

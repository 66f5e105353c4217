// Decides when the caller has begun to speak, when the agent must fall silent, and when the caller has finished.
// Never touches audio, a recogniser or a clock.
import { hasWords } from './back-channel.ts';
import { endingPauseMs } from './endpointing.ts';

/** Length of a window of the speech detector: 512 samples at 16 kHz. */
export const WINDOW_MS = 32;
/** Probabilities at which voice begins, and below which it has ended (voice spec, section 10.1). */
const START_PROBABILITY = 0.35;
const END_PROBABILITY = 0.2;
/** Less voice than this is a click, not an utterance. */
const MIN_VOICE_MS = 96;
/** Voice shorter than this is a cough or the like (voice spec, section 10.3), unless words are understood in it. */
const COUGH_MS = 200;
/** So long after a cough the agent goes on: three windows, for voice has short gaps of its own. */
const COUGH_PAUSE_MS = 96;
/** So long without words, and the agent was stopped by mistake (voice spec, section 10.3). */
const FALSE_ALARM_MS = 1_200;
/** Voice of this length is meant to be understood; less may be a cough or a word to somebody else. */
const MEANT_VOICE_MS = 500;
/** An utterance without a pause (music, a television) ends here. */
const MAX_UTTERANCE_MS = 60_000;

/** What of an agent's settings decides about turns. */
export interface TurnSettings {
  interruption: { minSpeechMs: number };
  endpointing: { minSilenceMs: number; maxSilenceMs: number };
  phrases: readonly string[];
}

/** The utterance that is being spoken. */
interface Utterance {
  startedMs: number;
  /** End of the last window with voice. */
  voiceUntilMs: number;
  /** Voice in it, pauses left out. */
  voicedMs: number;
  /** Since when there is no voice; null while there is. */
  silentSinceMs: number | null;
  /** What was understood so far. */
  partial: string;
  /** The agent could be heard at the time. */
  overAgent: boolean;
  /** Voice alone has stopped the agent by mistake; only words will do it now. */
  wasFalseAlarm: boolean;
  /** It seemed to be a cough; it takes more voice than that to stop the agent again. */
  wasCough: boolean;
}

/** Where the turn-taking of a call stands. */
export interface TurnState {
  utterance: Utterance | null;
  /** Utterances that are over and whose words aren't known yet, oldest first. */
  awaited: readonly Utterance[];
  /** Since when the agent is kept from speaking; null when it isn't. */
  heldSinceMs: number | null;
  agentIsAudible: boolean;
  /** The recogniser has said something before the end of an utterance. */
  hasPartials: boolean;
  /** End of the last window with voice, of whatever utterance. */
  lastVoiceMs: number;
}

export type TurnInput =
  /** The detector's judgement of a window that ended at `atMs`. */
  | { kind: 'window'; probability: number; atMs: number }
  | { kind: 'partial'; text: string }
  /** The words of the oldest awaited utterance; '' when none were understood. */
  | { kind: 'transcript'; text: string }
  | { kind: 'agent-audible'; audible: boolean }
  /** No more audio comes for now. */
  | { kind: 'cut-off' };

export type TurnAction =
  /** An utterance begins: the recogniser gets the audio from a little before now on. */
  | { do: 'listen' }
  /** The caller speaks: what may be interrupted falls silent, at once, for the time being. */
  | { do: 'hold'; speechStartedMs: number }
  /** The utterance is over: the recogniser is asked for its words. */
  | { do: 'endpoint'; voiceEndedMs: number }
  /** The utterance was none. */
  | { do: 'discard' }
  /** There are words: what the agent was saying is over. */
  | { do: 'yield' }
  /** The caller has said this. */
  | { do: 'heard'; text: string }
  /** The caller has said something to the silent agent, and nobody knows what. */
  | { do: 'unclear' }
  /** Nobody speaks any more: what was held goes on. */
  | { do: 'resume' };

/** The state after an input, and what is to be done, in order. */
export interface TurnStep {
  state: TurnState;
  actions: TurnAction[];
}

/** Before anything was heard. */
export const silentTurn: TurnState = {
  utterance: null,
  awaited: [],
  heldSinceMs: null,
  agentIsAudible: false,
  hasPartials: false,
  lastVoiceMs: 0,
};

/** Takes one input. */
export function stepTurn(state: TurnState, input: TurnInput, settings: TurnSettings): TurnStep {
  switch (input.kind) {
    case 'window':
      return hearWindow(state, input, settings);
    case 'partial':
      return takePartial(state, input.text);
    case 'transcript':
      return takeTranscript(state, input.text);
    case 'agent-audible':
      return { state: agentAudible(state, input.audible), actions: [] };
    case 'cut-off':
      return cutOff(state);
  }
}

function hearWindow(
  state: TurnState,
  { probability, atMs }: { probability: number; atMs: number },
  settings: TurnSettings,
): TurnStep {
  if (state.utterance === null) {
    return probability >= START_PROBABILITY ? begin(state, atMs, settings) : resumeIfFalseAlarm(state, atMs);
  }
  const utterance = withWindow(state.utterance, probability, atMs);
  const heard = { ...state, utterance, lastVoiceMs: Math.max(state.lastVoiceMs, utterance.voiceUntilMs) };
  if (atMs - utterance.startedMs >= MAX_UTTERANCE_MS) return endpoint(heard, utterance);
  if (utterance.silentSinceMs === null) {
    const { state: held, actions } = holdIfLongEnough(heard, utterance, settings);
    return actions.length > 0 ? { state: held, actions } : resumeIfFalseAlarm(held, atMs);
  }
  return judgePause(heard, utterance, { pauseMs: atMs - utterance.silentSinceMs, atMs, settings });
}

function begin(state: TurnState, atMs: number, settings: TurnSettings): TurnStep {
  const utterance: Utterance = {
    startedMs: atMs - WINDOW_MS,
    voiceUntilMs: atMs,
    voicedMs: WINDOW_MS,
    silentSinceMs: null,
    partial: '',
    overAgent: state.agentIsAudible,
    wasFalseAlarm: false,
    wasCough: false,
  };
  const { state: next, actions } = holdIfLongEnough({ ...state, utterance, lastVoiceMs: atMs }, utterance, settings);
  return { state: next, actions: [{ do: 'listen' }, ...actions] };
}

/** Between the two thresholds all stays as it was: voice, or a pause. */
function withWindow(utterance: Utterance, probability: number, atMs: number): Utterance {
  const hasVoice =
    probability >= START_PROBABILITY || (probability >= END_PROBABILITY && utterance.silentSinceMs === null);
  if (!hasVoice) return { ...utterance, silentSinceMs: utterance.silentSinceMs ?? atMs - WINDOW_MS };
  return { ...utterance, voiceUntilMs: atMs, voicedMs: utterance.voicedMs + WINDOW_MS, silentSinceMs: null };
}

function holdIfLongEnough(state: TurnState, utterance: Utterance, { interruption }: TurnSettings): TurnStep {
  const { minSpeechMs } = interruption;
  const isLongEnough = utterance.voicedMs >= (utterance.wasCough ? Math.max(minSpeechMs, COUGH_MS) : minSpeechMs);
  return isLongEnough && !utterance.wasFalseAlarm ? hold(state, utterance) : { state, actions: [] };
}

function hold(state: TurnState, { startedMs, voiceUntilMs }: Utterance): TurnStep {
  if (state.heldSinceMs !== null) return { state, actions: [] };
  return { state: { ...state, heldSinceMs: voiceUntilMs }, actions: [{ do: 'hold', speechStartedMs: startedMs }] };
}

function judgePause(
  state: TurnState,
  utterance: Utterance,
  { pauseMs, atMs, settings }: { pauseMs: number; atMs: number; settings: TurnSettings },
): TurnStep {
  const { minSilenceMs, maxSilenceMs } = settings.endpointing;
  if (isClick(utterance)) {
    return pauseMs >= minSilenceMs ? discard(state) : { state, actions: [] };
  }
  const partial = state.hasPartials ? utterance.partial : null;
  const endingMs = endingPauseMs(partial, { minSilenceMs, maxSilenceMs, phrases: settings.phrases });
  if (pauseMs >= endingMs) return endpoint(state, utterance);
  return pauseMs >= COUGH_PAUSE_MS && isCough(utterance) ? goOn(state, utterance) : resumeIfFalseAlarm(state, atMs);
}

function isCough({ voicedMs, partial }: Utterance): boolean {
  return voicedMs < COUGH_MS && !hasWords(partial);
}

/** The utterance isn't over yet: should there be words in it, they count. */
function goOn(state: TurnState, utterance: Utterance): TurnStep {
  return resume({ ...state, utterance: { ...utterance, wasCough: true } });
}

function isClick({ voicedMs, partial }: Utterance): boolean {
  return voicedMs < MIN_VOICE_MS && partial === '';
}

function discard(state: TurnState): TurnStep {
  const { state: next, actions } = resumeIfDone({ ...state, utterance: null });
  return { state: next, actions: [{ do: 'discard' }, ...actions] };
}

function endpoint(state: TurnState, utterance: Utterance): TurnStep {
  return {
    state: { ...state, utterance: null, awaited: [...state.awaited, utterance] },
    actions: [{ do: 'endpoint', voiceEndedMs: utterance.voiceUntilMs }],
  };
}

function takePartial(state: TurnState, text: string): TurnStep {
  const utterance = state.utterance && { ...state.utterance, partial: text };
  const next = { ...state, utterance, hasPartials: true };
  if (!utterance || !hasWords(text)) return { state: next, actions: [] };
  const held = hold(next, utterance);
  return { state: held.state, actions: [...held.actions, { do: 'yield' }] };
}

/** Where the recogniser takes its words back, those count on which the agent has fallen silent. */
function takeTranscript(state: TurnState, text: string): TurnStep {
  const [utterance, ...awaited] = state.awaited;
  if (!utterance) return { state, actions: [] };
  const words = text.trim() || (hasWords(utterance.partial) ? utterance.partial.trim() : '');
  const { state: next, actions } = resumeIfDone({ ...state, awaited });
  const isNothing = words === '' || (utterance.overAgent && !hasWords(words));
  const isUnclear = words === '' && !utterance.overAgent && utterance.voicedMs >= MEANT_VOICE_MS;
  if (isNothing) return { state: next, actions: isUnclear ? [...actions, { do: 'unclear' }] : actions };
  return { state: next, actions: [{ do: 'yield' }, { do: 'heard', text: words }, ...actions] };
}

function agentAudible(state: TurnState, audible: boolean): TurnState {
  const { utterance } = state;
  return {
    ...state,
    agentIsAudible: audible,
    utterance: utterance && { ...utterance, overAgent: utterance.overAgent || audible },
  };
}

function cutOff(state: TurnState): TurnStep {
  const { utterance } = state;
  if (!utterance) return { state, actions: [] };
  return isClick(utterance) ? discard(state) : endpoint(state, utterance);
}

function resumeIfDone(state: TurnState): TurnStep {
  return state.utterance === null && state.awaited.length === 0 ? resume(state) : { state, actions: [] };
}

/** With a recogniser that tells partial results, voice without any is no speech; others are given time to the end. */
function resumeIfFalseAlarm(state: TurnState, atMs: number): TurnStep {
  const { utterance, heldSinceMs, hasPartials, lastVoiceMs } = state;
  const hasSpoken = utterance !== null && hasWords(utterance.partial);
  // The words of so much voice are on their way, though a slow recogniser takes its time.
  const owesWords = !hasPartials && state.awaited.some(({ voicedMs }) => voicedMs >= MEANT_VOICE_MS);
  if (heldSinceMs === null || hasSpoken || owesWords) return { state, actions: [] };
  const isFalseAlarm = atMs - (hasPartials ? heldSinceMs : lastVoiceMs) >= FALSE_ALARM_MS;
  if (!isFalseAlarm) return { state, actions: [] };
  return resume({ ...state, utterance: utterance && { ...utterance, wasFalseAlarm: true } });
}

function resume(state: TurnState): TurnStep {
  if (state.heldSinceMs === null) return { state, actions: [] };
  return { state: { ...state, heldSinceMs: null }, actions: [{ do: 'resume' }] };
}

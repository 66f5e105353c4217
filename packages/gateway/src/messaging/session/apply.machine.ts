// Folds one journal entry into the state of a session. Plain function: no clock, no ids, no I/O.
import type { FactEntry, JournalEntry, PublicEntry } from './journal-entry.ts';
import type { Floor, SessionCall, SessionState, Turn } from './state.ts';

/** Custom data of a user message that needs no answer any more. */
export const ANSWERED = 'answered';

/** The state after `entry`. Entries must come in the order of their positions. */
export function apply(state: SessionState, entry: JournalEntry): SessionState {
  if (entry.sequence === null) {
    return openNextTurn(freeLine({ ...applyFact(state, entry), position: entry.position }));
  }
  const applied = applyEvent(state, entry);
  return openNextTurn(freeLine({ ...applied, position: entry.position, sequence: entry.sequence }));
}

function applyEvent(state: SessionState, entry: PublicEntry): SessionState {
  const event = entry.event;
  switch (event.type) {
    case 'session-start':
    case 'user-end-session':
    case 'poly-agent-triggered-handoff':
    case 'client-handoff-required':
    case 'live-agent-message':
      return state;
    case 'request-poly-agent-join':
      return state.hasJoined
        ? state
        : opened({ ...state, floor: { holder: 'agent-joining' } }, { id: `start-${entry.position}`, kind: 'start' });
    case 'poly-agent-joined':
      return { ...state, floor: { holder: 'agent' }, hasJoined: true, startFailures: 0 };
    case 'user-message':
      return awaitsAgent(state) && entry.custom?.[ANSWERED] !== true
        ? queueTurn(state, { id: event.messageId, kind: kindOfMessage(entry) })
        : state;
    case 'poly-agent-message':
      return { ...state, hasSpoken: true };
    case 'poly-agent-message-chunk':
      return {
        ...state,
        hasSpoken: state.hasSpoken || event.isComplete,
        openMessage: event.isComplete ? null : { messageId: event.messageId, chunkCount: event.chunkIndex },
      };
    case 'poly-agent-left':
      // What was waiting goes to the desk with the transcript, or to the agent when it comes back.
      return state.handoff?.kind === 'desk'
        ? { ...state, floor: queueFloor(state, entry), waiting: [] }
        : { ...state, floor: { holder: 'nobody' } };
    case 'handoff-queue-status': {
      const { type: _, ...queueStatus } = event;
      return { ...state, queueStatus };
    }
    case 'handoff-accepted':
      return { ...state, floor: { ...queueFloor(state, entry), accepted: true } };
    case 'live-agent-joined':
      return { ...state, floor: { holder: 'human', agent: event.agent }, humanJoined: true };
    case 'handoff-failed':
    case 'handoff-timeout':
    case 'live-agent-left':
      return { ...state, floor: { holder: 'nobody' } };
    case 'language-changed':
      return { ...state, language: event.languageCode };
    case 'session-end':
      return {
        ...state,
        floor: { holder: 'nobody' },
        turn: null,
        waiting: [],
        call: null,
        ended: { reason: event.reason, atMs: entry.atMs },
      };
  }
}

function applyFact(state: SessionState, entry: FactEntry): SessionState {
  const { fact, position } = entry;
  switch (fact.type) {
    case 'start-failed':
      return { ...state, floor: { holder: 'nobody' }, turn: null, startFailures: state.startFailures + 1 };
    case 'turn-ended':
      return state.turn?.id === fact.turnId ? { ...state, turn: null } : state;
    case 'turn-requested':
      return queueTurn(state, { id: `poll-${position}`, kind: 'poll' });
    case 'handoff-requested':
      return { ...state, handoff: fact.request, humanJoined: false, queueStatus: null };
    case 'handoff-returned': {
      const turn = { id: `return-${position}`, kind: 'return', joined: state.humanJoined } as const;
      const waiting = answersByTurns(state) ? [turn] : [];
      return { ...state, floor: { holder: 'nobody' }, waiting };
    }
    case 'handoff-requeued':
      return { ...state, floor: { ...queueFloor(state, entry), accepted: true, queue: fact.queue }, queueStatus: null };
    case 'attributes-set':
      return { ...state, attributes: fact.attributes };
    case 'call-linked':
      return { ...state, callSid: fact.callSid };
    case 'call-started': {
      const { type: _, greeting, ...started } = fact;
      const call = { ...started, sinceMs: entry.atMs, person: null };
      // Answers that are owed still are, after the greeting; a call that answers by itself owes nothing.
      const waiting = call.answers === 'call' ? [] : [state.turn, ...state.waiting].filter((turn) => turn !== null);
      const inCall = { ...state, call, turn: null, waiting };
      return greeting ? opened(inCall, { id: `start-${position}`, kind: 'start' }) : inCall;
    }
    case 'call-taken':
      return withPerson(state, { ...fact.person, held: false });
    case 'call-held':
      return state.call?.person ? withPerson(state, { ...state.call.person, held: fact.held }) : state;
    case 'call-released':
      return withPerson(state, null);
    case 'call-ended':
      return { ...state, call: null };
  }
}

/** Nobody talks with the caller in the name of a desk that doesn't have the floor. */
function freeLine(state: SessionState): SessionState {
  return state.call?.person && state.floor.holder !== 'human' ? withPerson(state, null) : state;
}

function withPerson(state: SessionState, person: SessionCall['person']): SessionState {
  return state.call ? { ...state, call: { ...state.call, person } } : state;
}

/** A message is the agent's to answer unless a human, or the way to one, has the floor, or the call answers itself. */
function awaitsAgent(state: SessionState): boolean {
  return state.floor.holder !== 'queue' && state.floor.holder !== 'human' && answersByTurns(state);
}

function answersByTurns(state: SessionState): boolean {
  return state.call?.answers !== 'call';
}

/** Whoever waits already goes on waiting; all others begin to. */
function queueFloor({ floor, handoff }: SessionState, { atMs }: JournalEntry): Extract<Floor, { holder: 'queue' }> {
  if (floor.holder === 'queue') return floor;
  return { holder: 'queue', accepted: false, queue: handoff?.queue ?? '', sinceMs: atMs };
}

function kindOfMessage({ custom }: PublicEntry): 'message' | 'tones' {
  return custom?.['channel'] === 'voice' && custom['input'] === 'dtmf' ? 'tones' : 'message';
}

function queueTurn(state: SessionState, turn: Turn): SessionState {
  return { ...state, waiting: [...state.waiting, turn] };
}

function openNextTurn(state: SessionState): SessionState {
  const [next, ...rest] = state.waiting;
  if (!next || state.turn || state.floor.holder !== 'agent') return state;
  return opened({ ...state, waiting: rest }, next);
}

function opened(state: SessionState, turn: Turn): SessionState {
  return { ...state, turn, hasSpoken: false };
}

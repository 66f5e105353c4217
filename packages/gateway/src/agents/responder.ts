// Lets agents answer: whenever a session has an open turn, its agent takes it, and what it yields becomes
// commands to the session. What is to be done is read off the session's state, so after a restart the same
// code finishes or fails what a former process left open.
import type { Clock, Counter, Histogram, Log, Meter, Timer, Timers } from '../kit/index.ts';
import { answeringAgent } from '../messaging/index.ts';
import type { AnsweringAgent, SessionHandle, Participant, Turn, TurnFailure } from '../messaging/index.ts';
import { AgentError } from './ports/chat-agent.ts';
import type { ChatAgent } from './ports/chat-agent.ts';
import { createReplyWriter } from './reply-writer.ts';
import { turnOver } from './turn-limits.ts';
import { turnOfSession } from './turn-of-session.ts';

/** SDKs hide the typing indicator after 10 s, so it is shown again before that. */
const THINKING_AGAIN_MS = 8_000;
/** The longest wait before a client hears that the agent couldn't start (spec 8.2). */
const MAX_START_FAILURE_DELAY_S = 30;

/** An agent with what the responder must know of it. */
export interface RespondingAgent {
  agent: ChatAgent;
  /** BCP-47; what the conversation begins in. */
  language: string;
}

/** What the responder needs from its house. */
export interface ResponderParts {
  /** The agent at work; undefined when there is none any more. */
  agentFor(agent: AnsweringAgent): RespondingAgent | undefined;
  /** Streamed chunks leave at most this often. */
  chunkIntervalMs: number;
  clock: Clock;
  timers: Timers;
  log: Log;
  meter: Meter;
}

/** Takes part in sessions on behalf of their agents. */
export interface Responder extends Participant {
  /** Turns that agents are taking at the moment. */
  readonly openTurns: number;
  /** Breaks off all turns. They stay open in their journals, for whoever loads them next. */
  stop(): void;
}

interface RunningTurn {
  turnId: string;
  /** The call in which the reply is spoken, and which ends the turn; null when the reply is written. */
  callId: string | null;
  abort: AbortController;
}

/** Creates the responder. */
export function createResponder(parts: ResponderParts): Responder {
  const running = new Map<string, RunningTurn>();
  const meters = turnMeters(parts.meter);
  let stopped = false;

  function breakOff(sessionId: string): void {
    running.get(sessionId)?.abort.abort(turnOver);
    running.delete(sessionId);
  }

  function begin(session: SessionHandle, turn: Turn): void {
    const { call } = session.state;
    if (call?.answers === 'call') return;
    // Part of the answer is out and whoever wrote it is gone: it can't be continued, and must not be given twice.
    if (!call && (session.state.openMessage || session.state.hasSpoken)) {
      session.execute({ type: 'turn-failed', turnId: turn.id, cause: 'broken' });
      return;
    }
    const abort = new AbortController();
    const { id } = session.info;
    running.set(id, { turnId: turn.id, callId: call?.callId ?? null, abort });
    const taken = takeTurn(session, turn, { ...parts, meters, signal: abort.signal, spoken: call !== null });
    void taken.finally(() => {
      // A spoken turn stays this one's until the call has ended it, lest it be taken twice.
      if (!call && running.get(id)?.abort === abort) breakOff(id);
    });
  }

  return {
    sessionChanged(session) {
      const { turn, call } = session.state;
      const current = running.get(session.info.id);
      if (current && (current.turnId !== turn?.id || current.callId !== (call?.callId ?? null))) {
        breakOff(session.info.id);
      }
      if (turn && !stopped && !running.has(session.info.id)) begin(session, turn);
    },
    sessionUnloaded: (session) => breakOff(session.info.id),
    get openTurns() {
      return running.size;
    },
    stop() {
      stopped = true;
      for (const sessionId of running.keys()) breakOff(sessionId);
    },
  };
}

interface TurnParts extends ResponderParts {
  meters: TurnMeters;
  signal: AbortSignal;
  /** The reply is passed on to the call that speaks it, rather than written. */
  spoken: boolean;
}

/** Takes one turn to its end, whatever that is. Never rejects. */
async function takeTurn(session: SessionHandle, turn: Turn, parts: TurnParts): Promise<void> {
  const startedMs = parts.clock.nowMs();
  try {
    await (parts.spoken ? answerAloud(session, turn, parts) : answer(session, turn, parts));
  } catch (error) {
    if (!parts.signal.aborted) await fail(session, turn, { error, parts });
  }
  parts.meters.turn.observe((parts.clock.nowMs() - startedMs) / 1000);
}

/** Passes what the agent yields on to the session's call. The call journals what is heard, and ends the turn. */
async function answerAloud(session: SessionHandle, turn: Turn, parts: TurnParts): Promise<void> {
  const { clock, signal, meters } = parts;
  const { agent, language } = respondingAgent(session, parts);
  const startedMs = clock.nowMs();
  let hasBegun = false;
  for await (const piece of agent.respond(turnOfSession(session, turn, language), signal)) {
    if (signal.aborted) return;
    if (!hasBegun && piece.kind !== 'thinking') {
      hasBegun = true;
      meters.firstPiece.observe((clock.nowMs() - startedMs) / 1000);
    }
    session.relay({ kind: 'piece', turnId: turn.id, piece });
    if (piece.kind === 'handoff' || piece.kind === 'end') break;
  }
  if (!signal.aborted) session.relay({ kind: 'over', turnId: turn.id });
}

function respondingAgent(session: SessionHandle, parts: ResponderParts): RespondingAgent {
  const responding = parts.agentFor(answeringAgent(session.info, session.state.call));
  if (!responding) throw new AgentError('no-reply', 'the session has no agent');
  return responding;
}

async function answer(session: SessionHandle, turn: Turn, parts: TurnParts): Promise<void> {
  const { clock, timers, signal, meters } = parts;
  const responding = respondingAgent(session, parts);
  const writer = createReplyWriter(turn.id, {
    streaming: session.info.streaming,
    chunkIntervalMs: parts.chunkIntervalMs,
  });
  const startedMs = clock.nowMs();
  let wake: Timer | undefined;
  let hasBegun = false;

  function carryOut(commands: ReturnType<typeof writer.finish>): void {
    for (const command of commands) session.execute(command);
    wake?.cancel();
    const { wakeAtMs } = writer;
    wake =
      wakeAtMs === null
        ? undefined
        : timers.after(wakeAtMs - clock.nowMs(), () => carryOut(writer.wake(clock.nowMs())));
  }

  // A starting agent shows itself with its first piece.
  if (turn.kind !== 'start') session.execute({ type: 'agent-thinking', turnId: turn.id });
  const stillThinking = timers.every(THINKING_AGAIN_MS, () => {
    if (session.state.openMessage === null && session.state.floor.holder === 'agent') {
      session.execute({ type: 'agent-thinking', turnId: turn.id });
    }
  });
  function rest(): void {
    stillThinking.cancel();
    wake?.cancel();
  }
  // At once, for some agents take their time to notice.
  signal.addEventListener('abort', rest);
  try {
    for await (const piece of responding.agent.respond(turnOfSession(session, turn, responding.language), signal)) {
      if (signal.aborted) return;
      if (!hasBegun && piece.kind !== 'thinking') {
        hasBegun = true;
        meters.firstPiece.observe((clock.nowMs() - startedMs) / 1000);
      }
      carryOut(writer.take(piece, clock.nowMs()));
      if (writer.isOver) return;
    }
    if (!signal.aborted) carryOut(writer.finish());
  } finally {
    rest();
  }
}

async function fail(
  session: SessionHandle,
  turn: Turn,
  { error, parts }: { error: unknown; parts: TurnParts },
): Promise<void> {
  const cause: TurnFailure = error instanceof AgentError ? error.code : 'broken';
  const facts = { sessionId: session.info.id, agent: session.info.agentId, cause, err: error };
  if (error instanceof AgentError) parts.log.warn(facts, 'An agent could not answer');
  else parts.log.error(facts, 'An agent crashed');
  parts.meters.failures.add(1, { cause });
  if (parts.spoken) {
    session.relay({ kind: 'failed', turnId: turn.id, cause });
    return;
  }
  // A client may ask for the agent again the moment it hears of the failure, so it hears of it later each time.
  if (session.state.floor.holder === 'agent-joining') await startFailureDelay(session.state.startFailures, parts);
  if (!parts.signal.aborted) session.execute({ type: 'turn-failed', turnId: turn.id, cause });
}

function startFailureDelay(formerFailures: number, { timers, signal }: TurnParts): Promise<void> {
  const seconds = Math.min(2 ** (formerFailures + 1), MAX_START_FAILURE_DELAY_S);
  return new Promise((resolve) => {
    const timer = timers.after(seconds * 1000, resolve);
    signal.addEventListener('abort', () => {
      timer.cancel();
      resolve();
    });
  });
}

interface TurnMeters {
  firstPiece: Histogram;
  turn: Histogram;
  failures: Counter;
}

function turnMeters(meter: Meter): TurnMeters {
  const buckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];
  return {
    firstPiece: meter.histogram({
      name: 'parley_agent_first_piece_seconds',
      help: 'From the start of a turn to the first piece of the answer',
      buckets,
    }),
    turn: meter.histogram({ name: 'parley_agent_turn_seconds', help: 'From the start of a turn to its end', buckets }),
    failures: meter.counter({
      name: 'parley_agent_failures_total',
      help: 'Turns an agent could not answer, by cause',
      labels: ['cause'],
    }),
  };
}

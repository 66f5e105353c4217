// Gathers what the agent says in a turn for the request that asked for it. Of one conversation several requests may
// wait at once; what nobody waits for any more (the request timed out, the process was restarted) goes out with the
// next answer.
import type { Timer, Timers } from '../kit/index.ts';
import type { Command, Fact, HandoffRequest, LiveSession, Subscriber } from '../messaging/index.ts';

/** What became of a turn. */
export type TurnEnd =
  /** The agent is done. `response` is all it said, a blank line between messages; empty when it said nothing. */
  | { outcome: 'answered'; response: string; handoff: HandoffRequest | null }
  /** The agent couldn't answer. */
  | { outcome: 'failed' }
  /** The conversation was over before the agent was done. */
  | { outcome: 'ended' }
  /** The wait was given up; the turn goes on. */
  | { outcome: 'timed-out' };

interface Wait {
  resolve: (end: TurnEnd) => void;
  reject: (error: Error) => void;
  timer: Timer;
}

/** How collectors wait. */
export interface TurnCollectorParts {
  timers: Timers;
  /** For so long a turn is waited for. */
  timeoutMs: number;
}

/** The collectors of all sessions in memory. */
export interface TurnCollectors {
  of(session: LiveSession): TurnCollector;
}

/** Makes a collector for every session that is asked for, one each. */
export function createTurnCollectors(parts: TurnCollectorParts): TurnCollectors {
  const collectors = new WeakMap<LiveSession, TurnCollector>();
  return {
    of(session) {
      const collector = collectors.get(session) ?? new TurnCollector(session, parts);
      collectors.set(session, collector);
      return collector;
    },
  };
}

/** Collects the turns of one session that doesn't stream. Listens only while there is something to collect. */
class TurnCollector implements Subscriber {
  readonly #session: LiveSession;
  readonly #parts: TurnCollectorParts;
  /** By turn id, in the order of the turns. */
  readonly #waits = new Map<string, Wait>();
  #listening = false;
  /** Sequence of the last event that was seen. */
  #seenSequence = 0;
  /** Messages up to this sequence have been gathered. */
  #gatheredSequence = 0;
  #handoff: HandoffRequest | null = null;
  #late: string[] = [];

  constructor(session: LiveSession, parts: TurnCollectorParts) {
    this.#session = session;
    this.#parts = parts;
  }

  /** Requests that wait for their turn to end. */
  get waiting(): number {
    return this.#waits.size;
  }

  /**
   * Carries out a command that gives the agent a turn, and resolves when the turn has ended. Rejects when the session
   * breaks, or when the command brought no turn about.
   */
  collect(command: Command): Promise<TurnEnd> {
    this.#listen();
    const lastTurnId = newestTurnId(this.#session);
    this.#session.execute(command, this);
    const turnId = newestTurnId(this.#session);
    if (turnId === undefined || turnId === lastTurnId) {
      this.#restIfDone();
      return Promise.reject(new Error('the session gave the agent no turn'));
    }
    return new Promise((resolve, reject) => {
      const timer = this.#parts.timers.after(this.#parts.timeoutMs, () => {
        this.#settle(turnId, { outcome: 'timed-out' });
        this.#restIfDone();
      });
      this.#waits.set(turnId, { resolve, reject, timer });
    });
  }

  deliver(_frame: string, sequence: number | null): void {
    if (sequence !== null) this.#seenSequence = sequence;
  }

  noted(fact: Fact): void {
    switch (fact.type) {
      case 'handoff-requested':
        this.#handoff = fact.request;
        break;
      case 'turn-ended':
        this.#endTurn(fact.turnId, fact.outcome === 'failed');
        break;
      case 'start-failed':
        this.#settleAll({ outcome: 'failed' });
        break;
      case 'turn-requested':
      case 'attributes-set':
      case 'call-linked':
      case 'call-started':
      case 'call-taken':
      case 'call-held':
      case 'call-released':
      case 'call-ended':
      case 'handoff-requeued':
      case 'handoff-returned':
        break;
    }
    this.#restIfDone();
  }

  ended(): void {
    this.#late = [];
    this.#settleAll({ outcome: 'ended' });
    this.#rest();
  }

  broke(): void {
    for (const { reject, timer } of this.#waits.values()) {
      timer.cancel();
      reject(new Error('the session broke'));
    }
    this.#waits.clear();
    this.#rest();
  }

  #endTurn(turnId: string, failed: boolean): void {
    this.#late.push(...this.#gather());
    if (failed) {
      this.#settle(turnId, { outcome: 'failed' });
    } else if (this.#waits.has(turnId)) {
      const response = this.#late.join('\n\n');
      this.#late = [];
      this.#settle(turnId, { outcome: 'answered', response, handoff: this.#handoff });
    }
    // The agent has left: turns behind this one will not be taken.
    if (this.#handoff) this.#settleAll({ outcome: 'ended' });
  }

  /** What the agent said since the last turn ended: turns don't overlap. */
  #gather(): string[] {
    const { lines } = this.#session.transcript;
    const first = lines.findLastIndex(({ sequence }) => sequence <= this.#gatheredSequence) + 1;
    const said = lines
      .slice(first)
      .filter(({ speaker, sequence }) => speaker === 'agent' && sequence <= this.#seenSequence);
    this.#gatheredSequence = this.#seenSequence;
    return said.map(({ text }) => text).filter((text) => text !== '');
  }

  #settle(turnId: string, end: TurnEnd): void {
    const wait = this.#waits.get(turnId);
    this.#waits.delete(turnId);
    wait?.timer.cancel();
    wait?.resolve(end);
  }

  #settleAll(end: TurnEnd): void {
    for (const turnId of this.#waits.keys()) this.#settle(turnId, end);
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.#seenSequence = this.#session.publishedSequence;
    this.#gatheredSequence = this.#seenSequence;
    this.#handoff = null;
    this.#session.subscribe(this);
  }

  /** Stops listening once nothing is waited for, kept or still to come, so that the session may leave the memory. */
  #restIfDone(): void {
    const { state, isSettling } = this.#session;
    if (this.#waits.size === 0 && this.#late.length === 0 && state.turn === null && !isSettling) this.#rest();
  }

  #rest(): void {
    this.#listening = false;
    this.#session.unsubscribe(this);
  }
}

function newestTurnId({ state }: LiveSession): string | undefined {
  return (state.waiting.at(-1) ?? state.turn)?.id;
}

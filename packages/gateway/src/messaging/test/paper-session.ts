// A session on paper, for tests of its decisions: no store, no sockets, no clock. Commands go in; what they
// bring about comes out as short lines.
import { countingIds } from '../../kit/index.ts';
import { apply } from '../session/apply.machine.ts';
import type { Command } from '../session/commands.ts';
import { decide } from '../session/decide.machine.ts';
import type { DecisionContext, Outcome } from '../session/decision.ts';
import { frameOf, readStored, storedFact } from '../session/entry-text.ts';
import type { JournalEntry } from '../session/journal-entry.ts';
import type { SessionInfo } from '../session/session-info.ts';
import { emptyState } from '../session/state.ts';
import type { SessionState } from '../session/state.ts';
import { Transcript } from '../session/transcript.ts';

/** The time of every entry. */
export const paperTimeMs: number = Date.UTC(2026, 0, 1);

/** A session that has just begun. */
export class PaperSession {
  readonly journal: JournalEntry[] = [];
  /** Every outcome so far, those that left nothing in the journal included. */
  readonly outcomes: Outcome[] = [];
  #state: SessionState = emptyState;
  #transcript = new Transcript();
  readonly #context: DecisionContext;

  constructor(options: { door?: SessionInfo['door']; streaming?: boolean } = {}) {
    const { door = 'messaging', streaming = false } = options;
    this.#context = {
      newId: countingIds('id'),
      door,
      agentOf: (asked) => ({ name: asked?.variantId ?? 'Ada', avatarUrl: 'https://parley.test/ada.png' }),
      repeatOf: (key, text) => this.#transcript.repeatOf(key, text),
      isSaid: (messageId) => this.#transcript.has(messageId),
      customOf: (messageId) => this.#transcript.customOf(messageId),
    };
    const capabilities = {
      streaming,
      maxMessageSizeBytes: 131_072,
      maxReconnectAttempts: 5,
      heartbeatIntervalSeconds: 30,
    };
    this.#carryOut({ do: 'record', event: { type: 'session-start', capabilities } });
  }

  get state(): SessionState {
    return this.#state;
  }

  get transcript(): Transcript {
    return this.#transcript;
  }

  /** The id of the open turn; without one, an id that no turn has. */
  get turnId(): string {
    return this.#state.turn?.id ?? 'no-turn';
  }

  /** The id of the last user message; without one, an id that no message has. */
  get lastMessageId(): string {
    return this.#transcript.lines.findLast(({ speaker }) => speaker === 'user')?.messageId ?? 'no-message';
  }

  /** Carries out commands and answers what they brought about. Functions are asked for theirs when it is their turn. */
  run(...commands: (Command | ((session: PaperSession) => Command))[]): Outcome[] {
    const before = this.outcomes.length;
    for (const command of commands) {
      const asked = typeof command === 'function' ? command(this) : command;
      for (const outcome of decide(this.#state, asked, this.#context)) this.#carryOut(outcome);
    }
    return this.outcomes.slice(before);
  }

  /** Forgets everything but the texts a store would hold, and reads them again. */
  reload(): void {
    const stored = this.journal.map((entry) =>
      entry.sequence === null
        ? storedFact(entry)
        : { position: entry.position, sequence: entry.sequence, atMs: entry.atMs, text: frameOf(entry) },
    );
    this.journal.length = 0;
    this.#state = emptyState;
    this.#transcript = new Transcript();
    for (const entry of stored) this.#take(readStored(entry));
  }

  #carryOut(outcome: Outcome): void {
    this.outcomes.push(outcome);
    const place = { position: this.#state.position + 1, atMs: paperTimeMs };
    if (outcome.do === 'record') {
      const { event, custom } = outcome;
      this.#take({ ...place, sequence: this.#state.sequence + 1, id: this.#context.newId(), event, custom });
    } else if (outcome.do === 'note') {
      this.#take({ ...place, sequence: null, fact: outcome.fact });
    }
  }

  #take(entry: JournalEntry): void {
    this.journal.push(entry);
    this.#state = apply(this.#state, entry);
    this.#transcript.add(entry);
  }
}

/**
 * Outcomes as short lines: `user-message` is journaled, `(turn-ended)` is a private fact, `~ heartbeat > sender` is
 * sent and not kept (system messages by their text), `= user-message` is an echo shown again.
 */
export function lines(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    switch (outcome.do) {
      case 'record':
        return outcome.event.type;
      case 'note':
        return `(${outcome.fact.type})`;
      case 'send':
        return `~ ${sent(outcome)} > ${typeof outcome.to === 'string' ? outcome.to : 'origin'}`;
      case 'resend':
        return `= ${outcome.entry.event.type}`;
      case 'forward-typing':
        return `typing > desk`;
    }
  });
}

function sent({ event }: Extract<Outcome, { do: 'send' }>): string {
  return event.type === 'system-message' ? event.message : event.type;
}

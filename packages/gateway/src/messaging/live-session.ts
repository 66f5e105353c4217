// One session in memory: the only place where its commands are carried out, one after the other. It
// connects the parts (decide, journal, connections, participants) and decides nothing itself.
import { encodeEvent } from '@parley/protocol';
import type { Custom, TransientEvent } from '@parley/protocol';
import type { Clock, Histogram, NewId } from '../kit/index.ts';
import type { Participant, SessionHandle, VerifiedContext } from './ports/participant.ts';
import type { SessionMarks, SessionStore, StoredEntry, StoredSession } from './ports/session-store.ts';
import type { Subscriber } from './ports/subscriber.ts';
import { answeringAgent } from './session/answering-agent.ts';
import type { AnsweringAgent } from './session/answering-agent.ts';
import { apply } from './session/apply.machine.ts';
import type { Command } from './session/commands.ts';
import { decide } from './session/decide.machine.ts';
import type { AgentProfile, Audience, DecisionContext, Outcome } from './session/decision.ts';
import { frameOf, readStored, storedFact } from './session/entry-text.ts';
import type { Fact, JournalEntry, PublicEntry } from './session/journal-entry.ts';
import { Milestones } from './session/milestones.ts';
import type { ReplyNews } from './session/reply-piece.ts';
import type { SessionInfo } from './session/session-info.ts';
import { emptyState } from './session/state.ts';
import type { SessionState } from './session/state.ts';
import { Transcript } from './session/transcript.ts';

/** How exactly the store knows when a session's last message was; marking each would double the writes. */
const MESSAGE_MARK_MS = 60_000;

/** What a live session needs from its house. */
export interface LiveSessionParts {
  store: SessionStore;
  clock: Clock;
  newId: NewId;
  /** An agent as users see it. */
  agentOf(agent: AnsweringAgent): AgentProfile;
  participants: readonly Participant[];
  /** Takes how long a user message took to be echoed. */
  echoSeconds: Histogram;
  /** The store refused an append, or a command failed halfway: nothing in memory can be trusted any more. */
  onBroken(session: LiveSession, error: Error): void;
}

type Delivery =
  | { to: Audience; frame: string; sequence: number | null; sender: Subscriber | undefined }
  | { fact: Fact };

/** What one command brought about; delivered once its entries are durable. */
interface Batch {
  deliveries: Delivery[];
  durable: boolean;
  entryCount: number;
  /** When the user message arrived that is echoed here; null when there is none. */
  saidMs: number | null;
}

/** A session that is loaded. */
export class LiveSession implements SessionHandle {
  readonly info: SessionInfo;
  readonly transcript: Transcript = new Transcript();
  readonly milestones: Milestones = new Milestones();
  /** Facts about the user that the integrator's backend has signed; gone when the session ends. */
  context: VerifiedContext = {};
  /** When a client was last heard of. */
  activeMs: number;
  readonly #parts: LiveSessionParts;
  readonly #subscribers = new Set<Subscriber>();
  readonly #batches: Batch[] = [];
  // Idle sessions are many and should weigh little, so what only talking ones need is made when they talk.
  #origins: Map<string, Subscriber> | undefined;
  #decisionContext: DecisionContext | undefined;
  #state: SessionState = emptyState;
  #publishedSequence = 0;
  #broken = false;
  #wasUnfinished = false;
  #markedMs = 0;

  constructor(stored: Omit<StoredSession, 'context'>, parts: LiveSessionParts) {
    this.info = stored.info;
    this.activeMs = stored.activeMs;
    this.#parts = parts;
    for (const entry of stored.entries) this.#take(readStored(entry));
    this.#publishedSequence = this.#state.sequence;
    this.#wasUnfinished = isUnfinished(this.#state);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The last sequence that is durable and was shown to everybody. */
  get publishedSequence(): number {
    return this.#publishedSequence;
  }

  get subscriberCount(): number {
    return this.#subscribers.size;
  }

  get isConnected(): boolean {
    return this.#subscribers.size > 0;
  }

  /** True while something still has to be written or delivered. */
  get isSettling(): boolean {
    return this.#batches.length > 0;
  }

  /** Shows the subscriber everything published from now on. */
  subscribe(subscriber: Subscriber): void {
    if (this.#broken) {
      subscriber.broke();
      return;
    }
    const wasConnected = this.isConnected;
    this.#subscribers.add(subscriber);
    if (!wasConnected) this.#presenceChanged();
  }

  unsubscribe(subscriber: Subscriber): void {
    const wasThere = this.#subscribers.delete(subscriber);
    if (wasThere && this.#subscribers.size === 0) this.#presenceChanged();
    for (const [messageId, origin] of this.#origins ?? []) {
      if (origin === subscriber) this.#origins?.delete(messageId);
    }
  }

  /** A client was heard of: the idle clock starts anew. */
  heard(): void {
    this.activeMs = this.#parts.clock.nowMs();
  }

  /** Carries out a command. What it brings about is shown once it is durable. */
  execute(command: Command, sender?: Subscriber): void {
    if (this.#broken) return;
    try {
      this.#carryOutAll(command, sender);
    } catch (error) {
      this.#break(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Passes news of a reply on to the call that speaks it. */
  relay(news: ReplyNews): void {
    if (this.#broken) return;
    for (const participant of this.#parts.participants) participant.replyRelayed?.(this, news);
  }

  /** Lets participants look at a session that was just loaded. */
  announce(): void {
    for (const participant of this.#parts.participants) participant.sessionChanged(this);
  }

  /** Sends one subscriber something that is not kept, in order with everything else. */
  tell(subscriber: Subscriber, event: TransientEvent, custom?: Custom): void {
    const delivery = { to: 'sender' as const, frame: this.#encode(event, custom), sequence: null, sender: subscriber };
    this.#batches.push({ deliveries: [delivery], durable: true, entryCount: 0, saidMs: null });
    this.#publish();
  }

  #presenceChanged(): void {
    if (this.#broken) return;
    for (const participant of this.#parts.participants) participant.presenceChanged?.(this);
  }

  #carryOutAll(command: Command, sender: Subscriber | undefined): void {
    this.#decisionContext ??= this.#makeContext();
    const outcomes = decide(this.#state, command, this.#decisionContext);
    if (outcomes.length === 0) return;
    const batch: Batch = { deliveries: [], durable: true, entryCount: 0, saidMs: null };
    const stored: StoredEntry[] = [];
    const atMs = this.#parts.clock.nowMs();
    for (const outcome of outcomes) this.#carryOut(outcome, { batch, stored, atMs, sender });
    this.#batches.push(batch);
    if (stored.length > 0) this.#append(batch, stored);
    else this.#publish();
  }

  #carryOut(
    outcome: Outcome,
    into: { batch: Batch; stored: StoredEntry[]; atMs: number; sender: Subscriber | undefined },
  ): void {
    const { batch, stored, atMs, sender } = into;
    const position = this.#state.position + 1;
    switch (outcome.do) {
      case 'record': {
        const sequence = this.#state.sequence + 1;
        const { event, custom } = outcome;
        const entry: PublicEntry = { position, sequence, id: this.#parts.newId(), atMs, event, custom };
        const frame = frameOf(entry);
        if (event.type === 'user-message') batch.saidMs = atMs;
        if (event.type === 'user-message' && sender && hasDesk(this.#state))
          this.#rememberOrigin(event.messageId, sender);
        this.#take(entry);
        stored.push({ position, sequence, atMs, text: frame });
        batch.deliveries.push({ to: 'everyone', frame, sequence, sender });
        break;
      }
      case 'note':
        this.#take({ position, sequence: null, atMs, fact: outcome.fact });
        stored.push(storedFact({ position, atMs, fact: outcome.fact }));
        batch.deliveries.push({ fact: outcome.fact });
        break;
      case 'send': {
        const frame = this.#encode(outcome.event, outcome.custom);
        batch.deliveries.push({ to: outcome.to, frame, sequence: null, sender });
        break;
      }
      case 'resend': {
        // No sequence: for the subscriber it is an answer, not the next event.
        batch.deliveries.push({ to: 'sender', frame: frameOf(outcome.entry), sequence: null, sender });
        break;
      }
      case 'forward-typing':
        for (const participant of this.#parts.participants) participant.userTyping?.(this, outcome.state);
        break;
    }
  }

  #makeContext(): DecisionContext {
    return {
      newId: this.#parts.newId,
      door: this.info.door,
      agentOf: (call) => this.#parts.agentOf(answeringAgent(this.info, call)),
      repeatOf: (key, text) => this.transcript.repeatOf(key, text),
      isSaid: (messageId) => this.transcript.has(messageId),
      customOf: (messageId) => this.transcript.customOf(messageId),
    };
  }

  #rememberOrigin(messageId: string, sender: Subscriber): void {
    this.#origins ??= new Map();
    this.#origins.set(messageId, sender);
  }

  #take(entry: JournalEntry): void {
    this.#state = apply(this.#state, entry);
    this.transcript.add(entry);
    this.milestones.add(entry);
  }

  #append(batch: Batch, stored: StoredEntry[]): void {
    batch.durable = false;
    batch.entryCount = stored.length;
    this.#parts.store.append(this.info.id, { entries: stored, marks: this.#marks() }, (error) => {
      if (error) {
        this.#break(error);
        return;
      }
      batch.durable = true;
      this.#publish();
    });
  }

  #marks(): SessionMarks {
    const unfinished = isUnfinished(this.#state);
    const changed = unfinished !== this.#wasUnfinished;
    this.#wasUnfinished = unfinished;
    const { wordMs } = this.milestones;
    const stale = wordMs - this.#markedMs >= MESSAGE_MARK_MS;
    if (stale) this.#markedMs = wordMs;
    return {
      ...(stale && { messageMs: wordMs }),
      ...(changed && { unfinished }),
      ...(this.#state.ended && { endedMs: this.#state.ended.atMs }),
    };
  }

  #publish(): void {
    let grew = false;
    for (let batch = this.#batches[0]; batch?.durable; batch = this.#batches[0]) {
      this.#batches.shift();
      for (const delivery of batch.deliveries) this.#deliver(delivery);
      if (batch.saidMs !== null) this.#parts.echoSeconds.observe((this.#parts.clock.nowMs() - batch.saidMs) / 1000);
      grew ||= batch.entryCount > 0;
    }
    if (!grew) return;
    this.announce();
    if (!this.#state.ended || this.isSettling) return;
    this.context = {};
    for (const subscriber of this.#subscribers) subscriber.ended();
  }

  #deliver(delivery: Delivery): void {
    if ('fact' in delivery) {
      for (const subscriber of this.#subscribers) subscriber.noted?.(delivery.fact);
      return;
    }
    const { to, frame, sequence, sender } = delivery;
    if (to === 'everyone') {
      if (sequence !== null) this.#publishedSequence = sequence;
      for (const subscriber of this.#subscribers) subscriber.deliver(frame, sequence);
      return;
    }
    const target = to === 'sender' ? sender : this.#origins?.get(to.senderOf);
    if (target && this.#subscribers.has(target)) target.deliver(frame, sequence);
  }

  #break(error: Error): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#batches.length = 0;
    this.#parts.onBroken(this, error);
    for (const subscriber of this.#subscribers) subscriber.broke();
  }

  #encode(event: TransientEvent, custom?: Custom): string {
    const timestamp = new Date(this.#parts.clock.nowMs()).toISOString();
    return encodeEvent({ id: this.#parts.newId(), sequence: null, timestamp, event, custom });
  }
}

/** Something is owed to the user: after a crash the session must be looked at again. */
function isUnfinished(state: SessionState): boolean {
  return state.turn !== null || state.call !== null || state.floor.holder === 'queue' || state.floor.holder === 'human';
}

function hasDesk(state: SessionState): boolean {
  return state.floor.holder === 'queue' || state.floor.holder === 'human';
}

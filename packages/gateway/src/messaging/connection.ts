// One client's connection to a session: replays, then follows; reads frames, guards limits, lets go of
// slow readers. Knows no library and no HTTP.
import {
  closeCodes,
  decodeClientFrame,
  systemError,
  systemTexts,
  systemWarning,
  unescapedBytes,
} from '@parley/protocol';
import type { ClientFrame } from '@parley/protocol';
import type { Clock, NewId, Timers } from '../kit/index.ts';
import type { FloodGate } from './flood-gate.ts';
import type { LiveSession } from './live-session.ts';
import type { MessagingMeters } from './meters.ts';
import type { ConnectorWatch, WatchedConnector } from './ports/connector-watch.ts';
import type { SessionStore } from './ports/session-store.ts';
import type { Socket } from './ports/socket.ts';
import type { Subscriber } from './ports/subscriber.ts';
import { MAX_BATCH_EVENTS, batchFrames, maxFirstBatchEvents } from './replay.ts';
import { correlationKey } from './session/decide-client.machine.ts';
import type { Fact } from './session/journal-entry.ts';
import type { MessagingSettings } from './settings.ts';

/** A frame may be this much larger than the text it carries. */
const ENVELOPE_BYTES = 4096;
/** Clients get this long to read the last frames before the server closes. */
const LAST_WORDS_MS = 300;
/** A closing handshake may take this long. */
const CLOSING_MS = 5_000;
/** Long replays are paced, because Android drops what it can't buffer. */
const PACED_AFTER_BATCHES = 2;
const PACE_MS = 50;
/** What is told while the replay runs and isn't kept waits here; more than this is dropped. */
const MAX_HELD = 100;

/** What connections need from their house. */
export interface ConnectionParts {
  store: SessionStore;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  settings: MessagingSettings;
  meters: MessagingMeters;
  connectors: ConnectorWatch;
  /** Keeps the session from flooding the house. */
  gateOf(session: LiveSession): FloodGate;
  onClosed(connection: Connection): void;
}

/** A socket that belongs to a session. */
export class Connection implements Subscriber {
  /** When this socket was last heard of. */
  heardMs: number;
  readonly session: LiveSession;
  readonly #socket: Socket;
  readonly #parts: ConnectionParts;
  readonly #connector: WatchedConnector;
  readonly #held: { frame: string; after: number }[] = [];
  #following = false;
  #closing = false;

  constructor(session: LiveSession, socket: Socket, parts: ConnectionParts) {
    this.session = session;
    this.#socket = socket;
    this.#parts = parts;
    this.#connector = parts.connectors.watch(session.info.connectorId);
    this.heardMs = parts.clock.nowMs();
  }

  /** Shows everything after the cursor, then follows the session. Rejects when the store can't be read. */
  async open(after: number): Promise<void> {
    this.session.heard();
    this.session.subscribe(this);
    await this.#catchUp(await this.#replay(after));
    if (this.session.state.ended && !this.session.isSettling) this.ended();
  }

  /** A text frame arrived; `bytes` is its size on the wire. */
  received(text: string, bytes: number): void {
    this.#hear();
    const frame = decodeClientFrame(text);
    if (this.#isTooLarge(text, bytes) || ('event' in frame && this.#hasTooLongText(frame))) {
      this.#refuse(systemTexts.tooLarge, frame.custom);
      return;
    }
    if ('refused' in frame) {
      this.#refuse(frame.refused, frame.custom);
      return;
    }
    if (!this.#mayPass(frame)) return;
    this.#parts.meters.received.add(1, { type: frame.event.type });
    this.session.execute({ type: 'client-event', event: frame.event, custom: frame.custom }, this);
  }

  /** A binary frame arrived. The protocol has none. */
  receivedBinary(): void {
    this.#hear();
    this.#refuse(systemTexts.invalidFormat);
  }

  /** The socket is gone, for whatever reason. */
  closed(): void {
    this.#closing = true;
    this.session.unsubscribe(this);
    this.#parts.onClosed(this);
  }

  /** Closes the socket; the session lives on. */
  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.session.unsubscribe(this);
    this.#socket.close(code, reason);
    this.#parts.timers.after(CLOSING_MS, () => this.#socket.terminate());
  }

  deliver(frame: string, sequence: number | null): void {
    if (this.#following) this.#send(frame);
    // Journaled events are read from the store when the replay gets there.
    else if (sequence === null && this.#held.length < MAX_HELD) {
      this.#held.push({ frame, after: this.session.publishedSequence });
    }
  }

  noted(fact: Fact): void {
    // SDKs send nothing while they are in a call: only now do they begin to be silent.
    if (fact.type === 'call-ended') this.heardMs = this.#parts.clock.nowMs();
  }

  ended(): void {
    if (!this.#following) return;
    this.#parts.timers.after(LAST_WORDS_MS, () => this.close(closeCodes.ended, 'session ended'));
  }

  broke(): void {
    this.close(closeCodes.internalError, 'internal error');
  }

  /** Sends the batches of the replay, at least one; answers the last sequence shown. */
  async #replay(after: number): Promise<number> {
    const until = this.session.publishedSequence;
    // A cursor past the end has seen nothing of what comes next, whatever it claims.
    let shown = Math.min(after, until);
    let maxEvents = maxFirstBatchEvents({ after: shown, joinedSequence: this.session.milestones.joinedSequence });
    let batches = 0;
    do {
      const events = await this.#read({ after: shown, until, limit: maxEvents });
      for (const frame of batchFrames(events, () => this.#stamp(), maxEvents)) {
        if (++batches > PACED_AFTER_BATCHES) await this.#pause();
        this.#send(frame);
      }
      shown += events.length;
      maxEvents = MAX_BATCH_EVENTS;
    } while (shown < until && !this.#closing);
    return shown;
  }

  /** Shows one by one what was published while the replay ran, in the order it would have had live; then follows. */
  async #catchUp(shown: number): Promise<void> {
    let last = shown;
    while (last < this.session.publishedSequence && !this.#closing) {
      const until = this.session.publishedSequence;
      for (const event of await this.#read({ after: last, until, limit: MAX_BATCH_EVENTS })) {
        this.#sendHeld(last);
        this.#send(event);
        last += 1;
      }
    }
    // Not a tick later, or what is published in between would be shown to nobody.
    this.#following = true;
    this.#sendHeld(Infinity);
  }

  /** Sends what was told before the event after this one was published. */
  #sendHeld(sequence: number): void {
    const later = this.#held.findIndex(({ after }) => after > sequence);
    for (const { frame } of this.#held.splice(0, later < 0 ? this.#held.length : later)) this.#send(frame);
  }

  /** The next events of a stretch that was published. */
  async #read({ after, until, limit }: { after: number; until: number; limit: number }): Promise<string[]> {
    if (after === until) return [];
    const wanted = { after, limit: Math.min(limit, until - after) };
    const events = await this.#parts.store.replay(this.session.info.id, wanted);
    if (events.length === 0) throw new Error('the journal is shorter than what was published');
    return events;
  }

  /** Lasts until the reader has taken the better part of what it was sent: a long history isn't a flood. */
  async #pause(): Promise<void> {
    const enough = this.#parts.settings.maxBufferedBytes / 2;
    do await new Promise<void>((resolve) => void this.#parts.timers.after(PACE_MS, resolve));
    while (this.#socket.bufferedBytes > enough && !this.#closing);
  }

  /** Escapes don't count, for clients measure the text they send, not the JSON that is made of it. */
  #isTooLarge(text: string, bytes: number): boolean {
    const limit = this.#parts.settings.maxMessageBytes + ENVELOPE_BYTES;
    return bytes > limit && unescapedBytes(text, bytes) > limit;
  }

  #hasTooLongText({ event }: ClientFrame): boolean {
    return event.type === 'user-message' && Buffer.byteLength(event.text) > this.#parts.settings.maxMessageBytes;
  }

  #hear(): void {
    this.heardMs = this.#parts.clock.nowMs();
    this.session.heard();
  }

  #mayPass({ event, custom }: ClientFrame): boolean {
    if (event.type === 'heartbeat' || event.type === 'user-end-session') return true;
    if (event.type === 'user-message') {
      const key = correlationKey(custom);
      if (key !== undefined && this.session.transcript.repeatOf(key, event.text)) return true;
    }
    const isTyping = event.type === 'user-typing';
    if (!this.#connector.isThere) {
      // An error with every keystroke would help nobody.
      if (!isTyping) this.#refuse(systemTexts.connectorNotFound, custom);
      return false;
    }
    const gate = this.#parts.gateOf(this.session);
    if (isTyping ? gate.passTyping() : gate.pass()) return true;
    this.#parts.meters.dropped.add(1, { type: event.type });
    if (!isTyping && gate.mayWarn()) {
      this.session.tell(this, systemWarning(systemTexts.highLoad), custom);
    }
    return false;
  }

  #refuse(text: string, custom?: ClientFrame['custom']): void {
    this.#parts.meters.refused.add();
    const gate = this.#parts.gateOf(this.session);
    if (gate.pass()) this.session.tell(this, systemError(text), custom);
    else if (gate.mayWarn()) this.session.tell(this, systemWarning(systemTexts.highLoad), custom);
  }

  #send(frame: string): void {
    if (this.#closing) return;
    this.#socket.send(frame);
    if (this.#socket.bufferedBytes > this.#parts.settings.maxBufferedBytes) {
      this.#parts.meters.slowReaders.add();
      this.close(closeCodes.tryAgainLater, 'reading too slowly');
    }
  }

  #stamp(): { id: string; timestamp: string } {
    return { id: this.#parts.newId(), timestamp: new Date(this.#parts.clock.nowMs()).toISOString() };
  }
}

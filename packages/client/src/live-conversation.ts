// Holds the conversation of a client as it goes on: takes in events, sends and resends what waits in the
// outbox while there is a socket, and lets typing dots pass in time.
import { encodeClientFrame } from '@parley/protocol';
import type { Envelope } from '@parley/protocol';
import { emptyConversation, hear } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { abandoned, deliver, disconnected, refused, retried, write } from './outbox.ts';
import type { OutgoingMessage } from './outbox.ts';
import type { Time, Timer } from './ports/time.ts';

/** What a live conversation needs, and whom it tells. */
export interface LiveConversationParts {
  time: Time;
  newId: () => string;
  /** Sends a frame on the present socket. */
  send: (frame: string) => void;
  onChange: () => void;
}

/** The conversation of one client. Sends only between `connected` and `disconnected`. */
export class LiveConversation {
  readonly #parts: LiveConversationParts;
  #state: Conversation = emptyConversation;
  #isConnected = false;
  #delivery: Timer | undefined;
  #passing: Timer | undefined;

  constructor(parts: LiveConversationParts) {
    this.#parts = parts;
  }

  get state(): Conversation {
    return this.#state;
  }

  /** Takes in the events of one frame. */
  hear(envelopes: readonly Envelope[]): void {
    const nowMs = this.#parts.time.nowMs();
    this.#become(envelopes.reduce((state, envelope) => hear(state, envelope, nowMs), this.#state));
  }

  /** The user has written something; one that the server would refuse for its size fails at once. */
  write(text: string): void {
    const localId = this.#parts.newId();
    const outbox = write(this.#state.outbox, { localId, text, writtenMs: this.#parts.time.nowMs() });
    const maxBytes = this.#state.journal.timeline.capabilities?.maxMessageSizeBytes ?? Infinity;
    const isTooLarge = new TextEncoder().encode(text).length > maxBytes;
    this.#become({ ...this.#state, outbox: isTooLarge ? refused(outbox, localId, 'too-large') : outbox });
  }

  /** Tries a failed message again. */
  retry(localId: string): void {
    this.#become({ ...this.#state, outbox: retried(this.#state.outbox, localId) });
  }

  /** There is a socket, and it has replayed what we missed. */
  connected(): void {
    this.#isConnected = true;
    this.#become(this.#state);
  }

  /** There is no socket. `forGood`: none will follow in this conversation. */
  disconnected(forGood: boolean): void {
    this.#isConnected = false;
    const { outbox } = this.#state;
    this.#become({
      ...this.#state,
      outbox: forGood ? abandoned(outbox) : disconnected(outbox),
      activity: undefined,
    });
  }

  /** Another conversation begins. What the user wrote last may be kept, for another try. */
  reset(drafts: 'keep-drafts' | 'drop-drafts'): void {
    const outbox = drafts === 'keep-drafts' ? abandoned(this.#state.outbox) : [];
    this.#become({ ...emptyConversation, outbox });
  }

  #become(state: Conversation): void {
    this.#state = state;
    this.#deliver();
    this.#watchActivity();
    this.#parts.onChange();
  }

  #deliver(): void {
    this.#delivery?.cancel();
    if (!this.#isConnected) return;
    const { time, send } = this.#parts;
    const delivery = deliver(this.#state.outbox, time.nowMs());
    this.#state = { ...this.#state, outbox: delivery.outbox };
    for (const message of delivery.send) send(frameOf(message));
    if (delivery.lookAgainInMs === undefined) return;
    this.#delivery = time.after(delivery.lookAgainInMs, () => this.#become(this.#state));
  }

  #watchActivity(): void {
    this.#passing?.cancel();
    const { activity } = this.#state;
    if (!activity) return;
    const inMs = Math.max(0, activity.untilMs - this.#parts.time.nowMs());
    this.#passing = this.#parts.time.after(inMs, () => this.#become({ ...this.#state, activity: undefined }));
  }
}

function frameOf(message: OutgoingMessage): string {
  return encodeClientFrame({
    event: { type: 'user-message', text: message.text },
    custom: { client_event_id: message.localId },
  });
}

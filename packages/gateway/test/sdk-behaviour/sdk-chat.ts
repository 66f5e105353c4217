// What an SDK shows its user, fold by fold: the events it decodes, its bubbles, and when it asks for the agent.
// Source: messaging spec, sections 2.4, 2.5, 3.2, 5, 8.2, 10.3.
import type { WireEvent } from '../wire-client.ts';

/** Something somebody said, as the user sees it. */
export interface Bubble {
  who: 'user' | 'agent' | 'human';
  text: string;
  /** The client's own name of a user's message. */
  localId: string | null;
  /** A user's message: `sending` until its echo is there. Others are `sent`, or `typing` while chunks come. */
  state: 'sending' | 'sent' | 'failed' | 'typing';
}

/** What the SDK is moved to do by what it was sent. */
export type Reaction = 'join';

const AGENT_IS_MISSING = ['conversation not found', 'conversation id not found', 'unable to start a conversation'];
/** Types that neither SDK knows: they are dropped, and don't move the cursor. */
const UNKNOWN = new Set(['EVENT_TYPE_LANGUAGE_CHANGED']);

interface Chunk {
  index: number;
  text: string;
}

/** The state of one chat in an SDK. */
export class SdkChat {
  /** Everything shown, in the order in which it appeared. */
  readonly bubbles: Bubble[] = [];
  /** Error texts shown. */
  readonly notices: string[] = [];
  /** Times the agent was seen to join. */
  joins = 0;
  isEnded = false;
  /** Highest sequence decoded; sent as the cursor when above 0. */
  cursor = 0;
  readonly #seen = new Set<string>();
  #startSeen = false;
  #open: { bubble: Bubble; messageId: string; chunks: Chunk[] } | undefined;

  /** Takes a frame; answers what the SDK sends in return. Throws where an SDK would drop what must not be dropped. */
  take(text: string): Reaction[] {
    const frame = JSON.parse(text) as WireEvent;
    if (frame.type !== 'EVENT_TYPE_EVENT_BATCH') return this.#takeAll([frame]);
    const events = frame.payload.events as unknown[];
    if (events.some((event) => typeof event !== 'object' || event === null || Array.isArray(event))) {
      throw new Error('the SDK drops the whole batch');
    }
    return this.#takeAll(events as WireEvent[]);
  }

  /** The user sends a message: it is shown before anybody has confirmed it. */
  draft(localId: string, text: string): Bubble {
    const bubble: Bubble = { who: 'user', text, localId, state: 'sending' };
    this.bubbles.push(bubble);
    return bubble;
  }

  #takeAll(events: WireEvent[]): Reaction[] {
    const hasAgent = events.some(({ type }) => type === 'EVENT_TYPE_POLY_AGENT_JOINED');
    return events.flatMap((event) => this.#one(event, hasAgent));
  }

  #one(event: WireEvent, batchHasAgent: boolean): Reaction[] {
    const { id, sequence, timestamp, type, payload } = event;
    if (UNKNOWN.has(type)) return [];
    if (type !== 'EVENT_TYPE_HEARTBEAT' && (typeof id !== 'string' || typeof timestamp !== 'string')) {
      throw new Error(`the SDK drops ${JSON.stringify(event)}`);
    }
    if (typeof sequence === 'number') {
      if (this.#seen.has(id)) return [];
      this.#seen.add(id);
      this.cursor = Math.max(this.cursor, sequence);
    }
    switch (type) {
      case 'EVENT_TYPE_SESSION_START': {
        const asks = !this.#startSeen && !batchHasAgent;
        this.#startSeen = true;
        return asks ? ['join'] : [];
      }
      case 'EVENT_TYPE_POLY_AGENT_JOINED':
        this.joins += 1;
        return [];
      case 'EVENT_TYPE_USER_MESSAGE':
        this.#confirm(event);
        return [];
      case 'EVENT_TYPE_POLY_AGENT_MESSAGE':
        if (payload.text !== '') this.bubbles.push({ who: 'agent', text: payload.text, localId: null, state: 'sent' });
        return [];
      case 'EVENT_TYPE_LIVE_AGENT_MESSAGE':
        this.bubbles.push({ who: 'human', text: payload.text, localId: null, state: 'sent' });
        return [];
      case 'EVENT_TYPE_POLY_AGENT_MESSAGE_CHUNK':
        this.#chunk(payload);
        return [];
      case 'EVENT_TYPE_SESSION_END':
        this.isEnded = true;
        return [];
      case 'EVENT_TYPE_SYSTEM_MESSAGE':
        this.notices.push(payload.message);
        return payload.level === 'SYSTEM_MESSAGE_LEVEL_ERROR' && missesAgent(payload.message) ? ['join'] : [];
      default:
        return [];
    }
  }

  /** By the client's own name; without one, the first that waits with this text; with one nobody waits for, a new bubble. */
  #confirm({ payload, metadata }: WireEvent): void {
    const localId = stringsOnly(metadata?.custom)?.['local_id'];
    const waiting = this.bubbles.find((bubble) =>
      localId === undefined
        ? bubble.state === 'sending' && bubble.text === payload.text
        : bubble.localId === localId && bubble.state !== 'sent',
    );
    if (waiting) waiting.state = 'sent';
    else this.bubbles.push({ who: 'user', text: payload.text, localId: localId ?? null, state: 'sent' });
  }

  #chunk(payload: { message_id: string; text: string; chunk_index: number; is_complete: boolean }): void {
    if (this.#open && this.#open.messageId !== payload.message_id) this.#finish();
    if (!this.#open) {
      const bubble: Bubble = { who: 'agent', text: '', localId: null, state: 'typing' };
      this.bubbles.push(bubble);
      this.#open = { bubble, messageId: payload.message_id, chunks: [] };
    }
    const { bubble, chunks } = this.#open;
    chunks.push({ index: payload.chunk_index, text: payload.text });
    chunks.sort((one, other) => one.index - other.index);
    bubble.text = chunks.map(({ text }) => text).join('');
    if (payload.is_complete) this.#finish();
  }

  /** Both SDKs put a space between the pieces of the final bubble. */
  #finish(): void {
    if (!this.#open) return;
    const { bubble, chunks } = this.#open;
    this.#open = undefined;
    bubble.state = 'sent';
    const texts = chunks.map(({ text }) => text).filter((text) => text !== '');
    bubble.text = texts.join(' ');
    if (texts.length === 0) this.bubbles.splice(this.bubbles.indexOf(bubble), 1);
  }
}

/** SDKs read custom data as texts, all or nothing. */
function stringsOnly(custom: Record<string, unknown> | undefined): Record<string, string> | undefined {
  if (!custom || Object.values(custom).some((value) => typeof value !== 'string')) return undefined;
  return custom as Record<string, string>;
}

function missesAgent(message: string): boolean {
  return AGENT_IS_MISSING.some((text) => message.toLowerCase().includes(text));
}

// What was said in a session, beside its state: for agents, desks and clients that ask twice. Grows in
// place, because copying it for every event would be quadratic.
import type { Attachment, Custom, Suggestion } from '@parley/protocol';
import { correlationKey } from './decide-client.machine.ts';
import type { JournalEntry, PublicEntry } from './journal-entry.ts';

/** One message of the conversation. */
export interface TranscriptLine {
  speaker: 'user' | 'agent' | 'human';
  messageId: string;
  /** Sequence of the event that began the message. */
  sequence: number;
  atMs: number;
  text: string;
  attachments: Attachment[];
  custom?: Custom | undefined;
  /** Of humans: who it was. */
  by?: { id: string; name: string } | undefined;
  /** Of humans: replies they offered. */
  suggestions?: Suggestion[] | undefined;
}

/** The fold of a journal into its messages. */
export class Transcript {
  readonly #lines: TranscriptLine[] = [];
  #sent: Map<string, PublicEntry[]> | undefined;

  /** All messages so far, in their order. */
  get lines(): readonly TranscriptLine[] {
    return this.#lines;
  }

  /** Takes in one more entry; facts and events that say nothing change nothing. */
  add(entry: JournalEntry): void {
    if (entry.sequence === null) return;
    const { event } = entry;
    switch (event.type) {
      case 'user-message':
        this.#begin('user', entry, { messageId: event.messageId, text: event.text, attachments: [] });
        this.#remember(entry);
        break;
      case 'poly-agent-message':
        this.#begin('agent', entry, event);
        break;
      case 'live-agent-message':
        this.#begin('human', entry, event, {
          by: { id: event.agentId, name: event.agentName ?? '' },
          ...(event.responseSuggestions.length > 0 && { suggestions: event.responseSuggestions }),
        });
        break;
      case 'poly-agent-message-chunk':
        if (event.chunkIndex === 1) this.#begin('agent', entry, event);
        else this.#extend(event.messageId, event);
        break;
      default:
        break;
    }
  }

  /** The journaled message a client sent before under the same key with the same text. */
  repeatOf(key: string, text: string): PublicEntry | undefined {
    return this.#sent?.get(key)?.find(({ event }) => event.type === 'user-message' && event.text === text);
  }

  /** Whether there is a message of this id. */
  has(messageId: string): boolean {
    return this.#lines.some((line) => line.messageId === messageId);
  }

  /** The custom data a user message came with. */
  customOf(messageId: string): Custom | undefined {
    return this.#lines.findLast((line) => line.messageId === messageId)?.custom;
  }

  #begin(
    speaker: TranscriptLine['speaker'],
    entry: PublicEntry,
    said: { messageId: string; text: string; attachments: Attachment[] },
    ofHuman: Pick<TranscriptLine, 'by' | 'suggestions'> = {},
  ): void {
    const { sequence, atMs, custom } = entry;
    const { messageId, text, attachments } = said;
    this.#lines.push({ speaker, messageId, sequence, atMs, text, attachments: [...attachments], custom, ...ofHuman });
  }

  #extend(messageId: string, more: { text: string; attachments: Attachment[] }): void {
    const line = this.#lines.findLast((candidate) => candidate.messageId === messageId);
    if (!line) return;
    line.text += more.text;
    line.attachments.push(...more.attachments);
  }

  #remember(entry: PublicEntry): void {
    const key = correlationKey(entry.custom);
    if (key === undefined) return;
    this.#sent ??= new Map();
    const sent = this.#sent.get(key);
    if (sent) sent.push(entry);
    else this.#sent.set(key, [entry]);
  }
}

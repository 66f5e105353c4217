// What a person at the desk is told, as it happens.
import type { PersonRef } from './desk-person.ts';
import type {
  ChatView,
  DeskView,
  LineView,
  NoteView,
  PersonView,
  QueueView,
  TypingView,
  WaitingView,
} from './desk-views.ts';

/** Why somebody waits no more. */
export type WaitingEnd = 'taken' | 'left' | 'timed-out' | 'failed' | 'returned' | 'moved' | 'absent';

/** Why somebody has a chat no more. `over`: for everybody, whoever ended it. */
export type ChatEnd = 'over' | 'returned' | 'transferred' | 'requeued' | 'left';

/** One thing that happened. Views replace what was known of the same id. */
export type DeskEvent =
  /** Everything. What was known before is forgotten; transcripts are asked for anew. */
  | { type: 'desk'; desk: DeskView }
  | { type: 'queue'; queue: QueueView }
  /** Somebody waits, or waits elsewhere in the queue. */
  | { type: 'waiting'; waiting: WaitingView }
  | { type: 'waiting-over'; sessionId: string; why: WaitingEnd; by: PersonRef | null }
  /** A chat is there to be seen, or something about it changed. */
  | { type: 'chat'; chat: ChatView }
  | { type: 'chat-over'; sessionId: string; why: ChatEnd; by: PersonRef | null }
  /** Somebody said something; it is durable. Lines come in the order of their sequences. */
  | { type: 'line'; sessionId: string; line: LineView; unreadCount: number }
  | { type: 'note'; note: NoteView }
  | { type: 'typing'; typing: TypingView }
  | { type: 'person'; person: PersonView };

/** An event with its place. Give the cursor back when connecting again: what came after it follows, each once. */
export interface DeskNews {
  /** Opaque. Typing moves it too, though it is not told again. */
  cursor: string;
  event: DeskEvent;
}

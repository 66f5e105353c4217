// What people at the desk see. Plain data throughout: it goes over a wire as it is. Times are milliseconds since the
// epoch, durations say their unit.
import type { Attachment, HandoffReason, Suggestion, TypingState } from '@parley/protocol';
import type { Availability, DeskRole, PersonRef } from './desk-person.ts';

/** A queue as it stands. */
export interface QueueView {
  id: string;
  name: string;
  /** Within its opening hours. */
  open: boolean;
  /** When it opens next; null while it is open, or when nobody can tell. */
  opensMs: number | null;
  /** Visitors who are there and wait. */
  waitingCount: number;
  /** Chats of this queue that people have. */
  chatCount: number;
  /** People of this queue who are connected and available. */
  availableCount: number;
  /** When the one who waits longest began to; null when nobody waits. */
  longestWaitSinceMs: number | null;
}

/** What is known of a visitor. */
export interface VisitorView {
  /** Null: they didn't say. Not to be trusted: shown as text. */
  name: string | null;
  platform: string;
  deviceType: string | null;
  /** BCP-47; null while it was never switched. */
  language: string | null;
  /** Whether a client of theirs is connected, or a call goes on. */
  connected: boolean;
}

/** The call that a visitor is in. */
export interface CallView {
  /** `free`: nobody of the desk talks with the visitor; `held`: somebody does, and has the visitor wait. */
  state: 'free' | 'taken' | 'held';
  sinceMs: number;
  /** Who has taken it. */
  person: PersonRef | null;
}

/** Somebody who waits for a person. */
export interface WaitingView {
  sessionId: string;
  queueId: string;
  visitor: VisitorView;
  /** Why the agent asked for a person. */
  reason: HandoffReason;
  /** 1 is next. */
  position: number;
  /** Higher goes first. */
  priority: number;
  sinceMs: number;
  /** The beginning of what the visitor said last; empty when they said nothing. */
  preview: string;
  /** They were with a person before, who is gone. */
  returned: boolean;
  /** The call they wait in; null: they don't call. */
  call: CallView | null;
}

/** A chat that one or more people have. */
export interface ChatView {
  sessionId: string;
  queueId: string;
  visitor: VisitorView;
  reason: HandoffReason;
  /** Facts the agent left for whoever takes over. */
  data: Readonly<Record<string, unknown>>;
  /** Who is in it, the one who has it first. */
  people: PersonRef[];
  /** When a person joined first. */
  joinedMs: number;
  /** How whoever sees this is in it. `watching`: may read, not write. */
  mine: 'in' | 'watching' | 'no';
  /** What the visitor wrote and whoever sees this has not read. */
  unreadCount: number;
  /** Sequence of the last line. */
  lastSequence: number;
  visitorTyping: boolean;
  callSid: string | null;
  /** The call that goes on in it; null: none. */
  call: CallView | null;
}

/** One message of a chat. `messageId` is unique in the chat, `sequence` rises. */
export interface LineView {
  messageId: string;
  sequence: number;
  atMs: number;
  speaker: 'user' | 'agent' | 'human';
  /** The person, when `speaker` is `human` and it is known. */
  by: PersonRef | null;
  text: string;
  attachments: Attachment[];
  suggestions: Suggestion[];
  /** How it was said in a call; absent when it was written. */
  saidBy?: 'voice' | 'keys' | undefined;
  /** The sender's own id of the message, told to its sender only, in answer to sending. */
  clientId?: string | undefined;
}

/** Something people tell each other. Visitors never see it. */
export interface NoteView {
  id: string;
  sessionId: string;
  by: PersonRef;
  atMs: number;
  text: string;
}

/** A chat with all that was said in it, from its beginning, before the hand-off too. */
export interface TranscriptView {
  sessionId: string;
  lines: LineView[];
  notes: NoteView[];
}

/** A person who is connected, or has chats although they are not. */
export interface PersonView extends PersonRef {
  avatarUrl: string | null;
  role: DeskRole;
  connected: boolean;
  availability: Availability;
  /** Null: all. */
  queueIds: readonly string[] | null;
  chatCount: number;
  /** Chats they can have at once, by their own limit or that of the most generous of their queues. */
  capacity: number;
  /** Ids of queues of which they can't take one more chat at the moment. */
  fullFor: readonly string[];
}

/** A text people needn't type. */
export interface CannedReply {
  title: string;
  text: string;
  /** Queues it is for; null: all of them. */
  queueIds: readonly string[] | null;
}

/** All that a person sees at one moment. Supervisors see every chat, others theirs. */
export interface DeskView {
  me: PersonView;
  queues: QueueView[];
  waiting: WaitingView[];
  chats: ChatView[];
  people: PersonView[];
  cannedReplies: CannedReply[];
}

/** Who types in a chat. */
export interface TypingView {
  sessionId: string;
  /** Null: the visitor. */
  person: PersonRef | null;
  state: TypingState;
}

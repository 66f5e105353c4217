// What a person at the desk can do, and how it is answered.
import type { Attachment, Suggestion, TypingState } from '@parley/protocol';
import type { Availability, PersonRef } from './desk-person.ts';
import type { LineView, NoteView, TranscriptView } from './desk-views.ts';

/** What follows when the last person leaves a chat. */
export type AfterHuman = 'end' | 'agent';

/** Who gets a chat. */
export type TransferTarget = { queueId: string } | { personId: string };

/** One thing a person does. */
export type DeskAction =
  | { type: 'set-availability'; availability: Availability }
  /** Takes somebody who waits. */
  | { type: 'accept'; sessionId: string }
  /** Takes whoever is next: of all queues the person answers, or of one. */
  | { type: 'accept-next'; queueId?: string | undefined }
  /** Writes to the visitor. The same `clientId` again is the same message. */
  | {
      type: 'send';
      sessionId: string;
      clientId: string;
      text: string;
      attachments?: Attachment[] | undefined;
      suggestions?: Suggestion[] | undefined;
    }
  /** Say it again every few seconds: a started typing stops by itself after 10 s. */
  | { type: 'typing'; sessionId: string; state: TypingState }
  /** Everything up to this sequence was read. */
  | { type: 'read'; sessionId: string; sequence: number }
  /** Tells the others something. The same `clientId` again is the same note. */
  | { type: 'note'; sessionId: string; clientId: string; text: string }
  | { type: 'transcript'; sessionId: string }
  /** Supervisors: follows a chat without writing. */
  | { type: 'watch'; sessionId: string }
  | { type: 'unwatch'; sessionId: string }
  /** Supervisors: writes in a chat that somebody else has. */
  | { type: 'join'; sessionId: string }
  /** Gives a chat away. Supervisors may move who waits and other people's chats too. */
  | { type: 'transfer'; sessionId: string; to: TransferTarget }
  /** Is done with a chat. When nobody else is in it: `next`, or what the queue says, follows. */
  | { type: 'leave'; sessionId: string; next?: AfterHuman | undefined }
  /** Gives somebody who waits back to the agent. */
  | { type: 'dismiss'; sessionId: string }
  /** Asks for a token with which the person takes the visitor's call; also to come back to it. */
  | { type: 'call-token'; sessionId: string }
  /** Has the caller wait, or talks with them again. */
  | { type: 'hold-call'; sessionId: string; held: boolean }
  /** Ends the visitor's call, and the conversation with it if the queue says so. */
  | { type: 'hang-up-call'; sessionId: string };

/** Why something can't be done. */
export type DeskRefusalCode =
  /** Nobody of that id waits or is in a chat. */
  | 'no-such-chat'
  | 'no-such-queue'
  /** The person isn't connected, or doesn't answer that queue. */
  | 'no-such-person'
  /** Somebody else was faster; `by` says who. */
  | 'taken'
  /** As many chats as the person may have. */
  | 'full'
  /** Nobody waits. */
  | 'nobody-waits'
  /** The visitor isn't there. */
  | 'visitor-away'
  /** It isn't the person's chat, or takes a supervisor. */
  | 'not-allowed'
  /** The visitor isn't calling, or the person isn't on the line. */
  | 'no-call'
  /** Somebody else talks with the caller; `by` says who. */
  | 'call-taken'
  /** Nothing in it, or more than is allowed. */
  | 'bad-content'
  /** The journal or the database didn't take it. */
  | 'failed';

/** A refusal. `message` is for people. */
export interface DeskRefusal {
  code: DeskRefusalCode;
  message: string;
  by: PersonRef | null;
}

/** What a call to the visitor is made with, like any other call. Never logged. */
export interface CallToken {
  token: string;
  expiresMs: number;
}

/** How an action is answered. What it brought about is told as events, to everybody it concerns. */
export type DeskAnswer =
  | { ok: true }
  | { ok: true; sessionId: string }
  | { ok: true; line: LineView }
  | { ok: true; note: NoteView }
  | { ok: true; transcript: TranscriptView }
  | { ok: true; callToken: CallToken }
  | { ok: false; refusal: DeskRefusal };

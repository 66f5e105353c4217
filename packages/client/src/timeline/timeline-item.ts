// What stands in a conversation, one under the other.
import type { Attachment, CallAction, EventOf, SystemMessageLevel } from '@parley/protocol';
import type { SaidBy } from './said-by.ts';

/** Who speaks for the other side: the automatic agent, or a person at a desk. */
export interface Speaker {
  kind: 'agent' | 'person';
  name?: string | undefined;
  avatarUrl?: string | undefined;
  /** The desk's id of a person. */
  id?: string | undefined;
}

interface Item {
  /** Unique in the conversation and stable, also from a message's draft to its echo. */
  key: string;
  /** The server's, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  timestamp: string;
}

/** A message of the user's that the server has. */
export interface UserMessage extends Item {
  kind: 'user-message';
  text: string;
  messageId: string;
  /** Absent when it was written. */
  saidBy?: SaidBy | undefined;
}

/** A message of the other side; incomplete while it is still being written. */
export interface AgentMessage extends Item {
  kind: 'agent-message';
  messageId: string;
  speaker: Speaker;
  /** Markdown and a little HTML, from outside: sanitise before showing. */
  text: string;
  attachments: readonly Attachment[];
  callActions: readonly CallAction[];
  complete: boolean;
  /** Absent when it was written. */
  saidBy?: SaidBy | undefined;
}

/** Events that are told to the user as such. */
export type NoticeEvent = EventOf<
  | 'poly-agent-joined'
  | 'poly-agent-triggered-handoff'
  | 'client-handoff-required'
  | 'handoff-failed'
  | 'handoff-timeout'
  | 'live-agent-joined'
  | 'live-agent-left'
  | 'language-changed'
>;

/** Something happened: somebody came or went, the language changed. */
export interface Notice extends Item {
  kind: 'notice';
  event: NoticeEvent;
  /** Who it was about, where the event itself doesn't say. */
  speaker?: Speaker | undefined;
}

/** A text of the system's, mostly an error. It was sent once and is gone after a reload. */
export interface SystemNotice extends Item {
  kind: 'system-notice';
  text: string;
  level: SystemMessageLevel;
}

export type TimelineItem = UserMessage | AgentMessage | Notice | SystemNotice;

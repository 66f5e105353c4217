// What an agent's reply is made of, on its way from the agent to whoever shows or speaks it.
import type { Attachment, CallAction, Suggestion } from '@parley/protocol';
import type { TurnFailure } from './commands.ts';
import type { HandoffRequest } from './journal-entry.ts';

/** What an agent yields, in order. Pieces after a `handoff` or `end` are ignored. */
export type Piece =
  /** The agent is there and at work; shows the typing indicator. Optional, before or between other pieces. */
  | { kind: 'thinking' }
  /** Text of the reply; pieces are joined as they come, Markdown allowed. */
  | { kind: 'text'; text: string }
  | { kind: 'attachments'; attachments: Attachment[] }
  /** Replaces earlier suggestions of the same reply. */
  | { kind: 'suggestions'; suggestions: Suggestion[] }
  | { kind: 'call-actions'; callActions: CallAction[] }
  /** The text before this piece is a message of its own; what follows begins another. */
  | { kind: 'message-break' }
  | { kind: 'language'; languageCode: string }
  | { kind: 'handoff'; request: HandoffRequest }
  /** The conversation is over once the reply is out. */
  | { kind: 'end' };

/** News of a reply that a call shall speak: its pieces, then one `over` or `failed`. The call ends the turn. */
export type ReplyNews =
  | { kind: 'piece'; turnId: string; piece: Piece }
  | { kind: 'over'; turnId: string }
  | { kind: 'failed'; turnId: string; cause: TurnFailure };

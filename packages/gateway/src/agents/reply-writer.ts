// Turns an agent's pieces into the commands a session understands: chunks where the session streams, whole
// messages where it doesn't. Plain object without a clock; callers say what time it is.
import type { Attachment, CallAction, Suggestion } from '@parley/protocol';
import type { AgentCommand } from '../messaging/index.ts';
import { Chunker } from './chunker.ts';
import type { Piece } from './ports/chat-agent.ts';

/** Writes the reply of one turn. Every method returns the commands that are due, in order. */
export interface ReplyWriter {
  take(piece: Piece, nowMs: number): AgentCommand[];
  /** What waited for its time; to be called when `wakeAtMs` has come. */
  wake(nowMs: number): AgentCommand[];
  readonly wakeAtMs: number | null;
  /** The agent has no more pieces. */
  finish(): AgentCommand[];
  /** The reply handed the conversation over or ended it: later pieces don't count. */
  readonly isOver: boolean;
}

/** A writer for one turn of a session that streams, or of one that doesn't. */
export function createReplyWriter(
  turnId: string,
  options: { streaming: boolean; chunkIntervalMs: number },
): ReplyWriter {
  const message = options.streaming ? streamedMessages(turnId, options.chunkIntervalMs) : wholeMessages(turnId);
  let isOver = false;

  function over(last: AgentCommand): AgentCommand[] {
    isOver = true;
    return [...message.complete({ endConversation: last.type === 'agent-end' }), last];
  }

  return {
    take(piece, nowMs) {
      if (isOver) return [];
      switch (piece.kind) {
        case 'thinking':
          return [{ type: 'agent-thinking', turnId }];
        case 'text':
          return message.write(piece.text, nowMs);
        case 'attachments':
          message.extras.attachments.push(...piece.attachments);
          return [];
        case 'suggestions':
          message.extras.suggestions = piece.suggestions;
          return [];
        case 'call-actions':
          message.extras.callActions.push(...piece.callActions);
          return [];
        case 'message-break':
          return message.complete({ endConversation: false });
        case 'language':
          return [{ type: 'agent-language', turnId, languageCode: piece.languageCode }];
        case 'handoff':
          return over({ type: 'agent-handoff', turnId, request: piece.request });
        case 'end':
          return over({ type: 'agent-end', turnId });
      }
    },
    wake: (nowMs) => message.write('', nowMs),
    get wakeAtMs() {
      return isOver ? null : message.wakeAtMs();
    },
    finish() {
      return isOver ? [] : [...message.complete({ endConversation: false }), { type: 'turn-answered', turnId }];
    },
    get isOver() {
      return isOver;
    },
  };
}

interface Extras {
  attachments: Attachment[];
  suggestions: Suggestion[];
  callActions: CallAction[];
}

/** The message that is being written; after `complete` the next one begins. */
interface MessageInProgress {
  extras: Extras;
  write(text: string, nowMs: number): AgentCommand[];
  wakeAtMs(): number | null;
  complete(how: { endConversation: boolean }): AgentCommand[];
}

function wholeMessages(turnId: string): MessageInProgress {
  let text = '';
  const message: MessageInProgress = {
    extras: noExtras(),
    write(more) {
      text += more;
      return [];
    },
    wakeAtMs: () => null,
    complete({ endConversation }) {
      const content = { text: unlessBlank(text), ...message.extras };
      text = '';
      message.extras = noExtras();
      if (content.text === '' && isEmpty(content)) return [];
      return [{ type: 'agent-message', turnId, ...content, endConversation }];
    },
  };
  return message;
}

function streamedMessages(turnId: string, chunkIntervalMs: number): MessageInProgress {
  let chunker = new Chunker(chunkIntervalMs);
  let hasBegun = false;
  const plain = { attachments: [], suggestions: [] };
  const message: MessageInProgress = {
    extras: noExtras(),
    write(text, nowMs) {
      const chunks = chunker.push(text, nowMs);
      hasBegun ||= chunks.length > 0;
      return chunks.map((chunk) => ({ type: 'agent-chunk', turnId, text: chunk, ...plain, last: false }));
    },
    wakeAtMs: () => chunker.wakeAtMs,
    complete() {
      const rest = chunker.flush();
      const text = hasBegun ? rest : unlessBlank(rest);
      const { attachments, suggestions, callActions } = message.extras;
      const commands: AgentCommand[] = [];
      if (hasBegun || text !== '' || attachments.length > 0 || suggestions.length > 0) {
        commands.push({ type: 'agent-chunk', turnId, text, attachments, suggestions, last: true });
      }
      // Clients don't look for call actions in chunks.
      if (callActions.length > 0) {
        commands.push({ type: 'agent-message', turnId, text: '', attachments: [], suggestions: [], callActions });
      }
      chunker = new Chunker(chunkIntervalMs);
      hasBegun = false;
      message.extras = noExtras();
      return commands;
    },
  };
  return message;
}

/** White space alone is nothing to say. */
function unlessBlank(text: string): string {
  return text.trim() === '' ? '' : text;
}

function noExtras(): Extras {
  return { attachments: [], suggestions: [], callActions: [] };
}

function isEmpty(extras: Extras): boolean {
  return extras.attachments.length + extras.suggestions.length + extras.callActions.length === 0;
}

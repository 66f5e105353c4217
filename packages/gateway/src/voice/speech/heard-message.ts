// Journals one message of the agent as the caller hears it: nothing is shown that wasn't sounded.
import type { Attachment, CallAction, Suggestion } from '@parley/protocol';
import type { SessionHandle } from '../../messaging/index.ts';

/** One message of the agent in a call. */
export interface HeardMessage {
  /** The caller is about to hear this; shown at once where the session streams. */
  heard(text: string): void;
  /** What comes along with the words, shown when the message is complete. */
  attach(extras: Partial<MessageExtras>): void;
  /** Completes the message with what was heard so far. Nothing is journaled when that is nothing. */
  complete(): void;
}

/** What a message may hold besides its words. */
export interface MessageExtras {
  attachments: Attachment[];
  suggestions: Suggestion[];
  callActions: CallAction[];
}

/** Begins a message. `call.session` is asked for anew each time, for a call may move between messages. */
export function createHeardMessage(call: { callId: string; session: SessionHandle }): HeardMessage {
  const { callId } = call;
  const extras: MessageExtras = { attachments: [], suggestions: [], callActions: [] };
  let text = '';
  let begun = false;
  let completed = false;

  return {
    heard(more) {
      if (completed || more === '') return;
      text += more;
      if (!call.session.info.streaming) return;
      begun = true;
      const plain = { attachments: [], suggestions: [] };
      call.session.execute({ type: 'call-chunk', callId, text: more, ...plain, last: false });
    },
    attach({ attachments = [], suggestions, callActions = [] }) {
      extras.attachments.push(...attachments);
      if (suggestions) extras.suggestions = suggestions;
      extras.callActions.push(...callActions);
    },
    complete() {
      if (completed) return;
      completed = true;
      const { attachments, suggestions, callActions } = extras;
      const { session } = call;
      const isEmpty = text === '' && attachments.length + suggestions.length + callActions.length === 0;
      if (isEmpty) return;
      if (!begun) {
        session.execute({ type: 'call-message', callId, text, attachments, suggestions, callActions });
        return;
      }
      session.execute({ type: 'call-chunk', callId, text: '', attachments, suggestions, last: true });
      // Clients don't look for call actions in chunks.
      if (callActions.length === 0) return;
      const alone = { text: '', attachments: [], suggestions: [], callActions };
      session.execute({ type: 'call-message', callId, ...alone });
    },
  };
}

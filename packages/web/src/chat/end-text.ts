// Why a conversation is over, in words.
import type { EndReason } from '@parley/protocol';

/** One sentence; without a reason the server has closed the conversation without giving one. */
export function endText(reason: EndReason | undefined): string {
  switch (reason) {
    case 'REASON_USER_END':
      return 'You ended this conversation.';
    case 'REASON_USER_ABANDONED':
      return 'This conversation was closed because nobody wrote for a while.';
    case 'REASON_NATURAL_END':
    case undefined:
      return 'This conversation is over.';
  }
}

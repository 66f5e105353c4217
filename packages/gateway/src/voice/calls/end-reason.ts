// The end of a call in the words of messaging.
import type { EndReason } from '@parley/protocol';
import type { CallOutcome } from '../ports/call-records.ts';

/** What the messaging session says of the end (voice spec, section 8.3). */
export function endReasonOf(outcome: CallOutcome): EndReason {
  switch (outcome) {
    case 'user_close':
      return 'REASON_USER_END';
    case 'caller_lost':
    case 'setup_timeout':
    case 'media_failure':
      return 'REASON_USER_ABANDONED';
    default:
      return 'REASON_NATURAL_END';
  }
}

// The words of refusals.
import type { DeskAnswer, DeskRefusalCode } from './desk-actions.ts';
import type { PersonRef } from './desk-person.ts';

const messages: Record<DeskRefusalCode, string> = {
  'no-such-chat': 'This chat is no longer there.',
  'no-such-queue': 'There is no such queue.',
  'no-such-person': 'This person is not at the desk, or does not answer this queue.',
  taken: 'Somebody else has taken this chat.',
  full: 'That would be more chats than this person may have at once.',
  'nobody-waits': 'Nobody is waiting.',
  'visitor-away': 'The visitor is not there at the moment.',
  'not-allowed': 'This is not yours to do.',
  'no-call': 'There is no call to take part in.',
  'call-taken': 'Somebody else is on the line.',
  'bad-content': 'This text, or what is attached to it, cannot be sent.',
  failed: 'This did not work. Please try again.',
};

/** A refusal; `by`: who was faster. */
export function refused(code: DeskRefusalCode, by: PersonRef | null = null): Extract<DeskAnswer, { ok: false }> {
  return { ok: false, refusal: { code, message: messages[code], by } };
}

/** What worked and has nothing to tell. */
export const done: DeskAnswer = { ok: true };

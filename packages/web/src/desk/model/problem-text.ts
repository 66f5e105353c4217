// What could not be done, in kind words.
import type { DeskProblem } from '@parley/protocol';

/** One sentence. */
export function problemText({ code, message, by }: DeskProblem): string {
  switch (code) {
    case 'TAKEN':
      return by === null ? 'Somebody else was a little quicker.' : `${by.name} was a little quicker and has this chat.`;
    case 'FULL':
      return 'That would be more chats than fit at once.';
    case 'NOBODY_WAITS':
      return 'Nobody is waiting any more.';
    case 'VISITOR_AWAY':
      return 'The visitor has just gone away. They keep their place for a minute.';
    case 'CALL_TAKEN':
      return by === null ? 'Somebody else is on the line.' : `${by.name} is on the line already.`;
    case 'DISCONNECTED':
      return 'Not connected at the moment. Please try again when the connection is back.';
    default:
      return message;
  }
}

// Why a sign-in failed, in words.
import type { DeskProblem } from '@parley/protocol';

/** One sentence. `waitMs`: how long tries are still refused. */
export function signInProblemText({ code, message }: DeskProblem, waitMs: number): string {
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    return `Too many tries. You can try again in ${seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`}.`;
  }
  switch (code) {
    case 'WRONG_CREDENTIALS':
    case 'UNAUTHENTICATED':
      return 'That is not right. Please check what you typed.';
    case 'UNREACHABLE':
      return 'The server cannot be reached. Please try again in a moment.';
    default:
      return message;
  }
}

// The call of a visitor, in words.
import type { DeskCall } from '@parley/protocol';

/** What is told over the conversation. Whatever is said in the call is in the transcript. */
export function callText({ state, person }: DeskCall, meId: string): string {
  const who = person === null ? 'Somebody of the desk' : person.name;
  if (state === 'free') return 'The visitor is on a call. What is said there appears here as text.';
  if (person?.id === meId) return state === 'held' ? 'You have the caller wait.' : 'You are talking with the visitor.';
  return state === 'held' ? `${who} has the caller wait.` : `${who} is talking with the visitor.`;
}

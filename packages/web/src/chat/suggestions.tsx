// Replies the agent offers, one tap each.
import type { Suggestion } from '@parley/protocol';
import type { JSX } from 'preact';

interface SuggestionsProps {
  suggestions: readonly Suggestion[];
  onChoose: (text: string) => void;
}

/** A row of chips; nothing when nothing is offered. */
export function Suggestions({ suggestions, onChoose }: SuggestionsProps): JSX.Element | null {
  if (suggestions.length === 0) return null;
  return (
    <div class="chips" role="group" aria-label="Suggested replies">
      {suggestions.map(({ messageText }) => (
        <button key={messageText} type="button" class="chip" dir="auto" onClick={() => onChoose(messageText)}>
          {messageText}
        </button>
      ))}
    </div>
  );
}

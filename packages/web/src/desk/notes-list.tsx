// The notes of a chat by themselves, for whoever takes it over.
import type { DeskNote } from '@parley/protocol';
import type { JSX } from 'preact';
import { timeText } from '../chat/time-text.ts';

interface NotesListProps {
  notes: readonly DeskNote[];
  meId: string;
  /** Absent where one can't write any. */
  onWrite: (() => void) | undefined;
}

/** The latest first. */
export function NotesList({ notes, meId, onWrite }: NotesListProps): JSX.Element {
  return (
    <section class="details-card" aria-labelledby="notes-title">
      <div class="details-head">
        <h3 class="details-title" id="notes-title">
          Notes
        </h3>
        {onWrite && (
          <button type="button" class="link-button notes-add" title="Write a note (N)" onClick={onWrite}>
            Add a note
          </button>
        )}
      </div>
      {notes.length === 0 ? (
        <p class="details-text is-faint">Only your team sees notes. Nobody has written one.</p>
      ) : (
        <ul class="notes">
          {notes.toReversed().map(({ id, by, text, atMs }) => (
            <li key={id} class="notes-item">
              <p class="line-text" dir="auto">
                {text}
              </p>
              <p class="notes-by">
                {by.id === meId ? 'You' : by.name}, {timeText(atMs)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

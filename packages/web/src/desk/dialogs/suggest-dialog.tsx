// Suggests a reply that the visitor may send with one tap.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

interface SuggestDialogProps {
  onSuggest: (text: string) => void;
  onClose: () => void;
}

/** One at a time. */
export function SuggestDialog({ onSuggest, onClose }: SuggestDialogProps): JSX.Element {
  const [text, setText] = useState('');
  return (
    <Dialog title="Suggest a reply" onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') onSuggest(text.trim());
        }}
      >
        <label class="field">
          Reply <span class="is-faint">the visitor sends it with one tap</span>
          <input
            required
            autoFocus
            maxLength={200}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-actions">
          <button type="button" class="quiet-button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="main-button" disabled={text.trim() === ''}>
            Add
          </button>
        </div>
      </form>
    </Dialog>
  );
}

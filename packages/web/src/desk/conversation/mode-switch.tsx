// To whom one writes: the visitor, or one's own team.
import type { JSX } from 'preact';
import type { Writing } from '../model/page-state.ts';

interface ModeSwitchProps {
  mode: Writing['mode'];
  onChoose: (mode: Writing['mode']) => void;
}

/** Two buttons of which one is pressed. */
export function ModeSwitch({ mode, onChoose }: ModeSwitchProps): JSX.Element {
  return (
    <div class="modes" role="group" aria-label="Who reads it">
      <button
        type="button"
        class="mode"
        aria-pressed={mode === 'reply'}
        title="Reply (C)"
        onClick={() => onChoose('reply')}
      >
        Reply
      </button>
      <button
        type="button"
        class="mode"
        aria-pressed={mode === 'note'}
        title="Note (N)"
        onClick={() => onChoose('note')}
      >
        Note
      </button>
    </div>
  );
}

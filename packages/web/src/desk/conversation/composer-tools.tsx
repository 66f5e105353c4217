// What may go with a message.
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import type { OpenDialog } from '../model/page-state.ts';

interface ComposerToolsProps {
  /** Canned replies begin an empty message. */
  canPick: boolean;
  onCanned: () => void;
  onOpen: (dialog: OpenDialog) => void;
}

/** Three small buttons. */
export function ComposerTools({ canPick, onCanned, onOpen }: ComposerToolsProps): JSX.Element {
  return (
    <div class="tools" role="group" aria-label="Add to the message">
      <button
        type="button"
        class="icon-button tool"
        aria-label="Canned replies"
        title="Canned replies (/)"
        disabled={!canPick}
        onClick={onCanned}
      >
        <Icon name="quick" />
      </button>
      <button
        type="button"
        class="icon-button tool"
        aria-label="Attach a link or a picture"
        title="Attach a link or a picture"
        onClick={() => onOpen('attach')}
      >
        <Icon name="link" />
      </button>
      <button
        type="button"
        class="icon-button tool"
        aria-label="Suggest a reply"
        title="Suggest a reply"
        onClick={() => onOpen('suggest')}
      >
        <Icon name="suggestion" />
      </button>
    </div>
  );
}

// Asks before a chat is given away or ended: the visitor notices.
import type { DeskPersonRef } from '@parley/protocol';
import type { JSX } from 'preact';
import type { DoneHow } from '../model/page-state.ts';
import { Dialog } from './dialog.tsx';

interface DoneDialogProps {
  how: DoneHow;
  /** Who else is in the chat; then it goes on without one. */
  others: readonly DeskPersonRef[];
  onConfirm: (how: DoneHow) => void;
  onClose: () => void;
}

/** Enter confirms: the button has the keyboard. */
export function DoneDialog({ how, others, onConfirm, onClose }: DoneDialogProps): JSX.Element {
  const { title, text, label } = others.length > 0 ? leaving(others) : texts[how];
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="dialog-text">{text}</p>
      <div class="dialog-actions">
        <button type="button" class="quiet-button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          class={how === 'end' ? 'main-button danger-button' : 'main-button'}
          autoFocus
          onClick={() => onConfirm(how)}
        >
          {label}
        </button>
      </div>
    </Dialog>
  );
}

function leaving(others: readonly DeskPersonRef[]): { title: string; text: string; label: string } {
  const names = others.map(({ name }) => name).join(' and ');
  return { title: 'Leave this chat?', text: `${names} will go on with the visitor.`, label: 'Leave chat' };
}

const texts = {
  end: {
    title: 'End this chat?',
    text: 'The conversation is over for the visitor too. They can begin a new one.',
    label: 'End chat',
  },
  agent: {
    title: 'Return to the agent?',
    text: 'The agent answers the visitor again and knows what was said here.',
    label: 'Return to agent',
  },
  dismiss: {
    title: 'Give back to the agent?',
    text: 'The visitor waits no longer; the agent answers them again.',
    label: 'Give back',
  },
} as const;

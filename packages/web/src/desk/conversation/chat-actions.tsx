// What can be done with one's own chat, but for writing.
import type { DeskChat } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import type { OpenDialog } from '../model/page-state.ts';

interface ChatActionsProps {
  chat: DeskChat;
  onOpen: (dialog: OpenDialog) => void;
}

/** Where others are in the chat too, one can only leave it to them. */
export function ChatActions({ chat, onOpen }: ChatActionsProps): JSX.Element {
  const isAlone = chat.people.length < 2;
  return (
    <>
      <button type="button" class="quiet-button" title="Transfer (T)" onClick={() => onOpen('transfer')}>
        <Icon name="transfer" />
        <span class="action-label">Transfer</span>
      </button>
      {isAlone && (
        <button type="button" class="quiet-button" title="Return to the agent (R)" onClick={() => onOpen('agent')}>
          <Icon name="reply" />
          <span class="action-label">Return to agent</span>
        </button>
      )}
      <button
        type="button"
        class="quiet-button end-button"
        title={isAlone ? 'End the chat (E)' : 'Leave the chat (E)'}
        onClick={() => onOpen('end')}
      >
        <Icon name="end" />
        <span class="action-label">{isAlone ? 'End chat' : 'Leave chat'}</span>
      </button>
    </>
  );
}

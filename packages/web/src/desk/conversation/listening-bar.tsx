// For supervisors in a chat of somebody else: read-only, and said so.
import type { DeskChat } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';

interface ListeningBarProps {
  chat: DeskChat;
  onJoin: () => void;
  onStop: () => void;
}

/** In the place of the composer. */
export function ListeningBar({ chat, onJoin, onStop }: ListeningBarProps): JSX.Element {
  const names = chat.people.map(({ name }) => name).join(' and ');
  return (
    <div class="foot-bar listening-bar" role="group" aria-label="Listening in">
      <Icon name="listen" />
      <p class="foot-bar-text">
        <strong>You are listening in</strong>
        <span>
          Read only. <bdi>{names}</bdi> {chat.people.length > 1 ? 'have' : 'has'} this chat; the visitor does not see
          you.
        </span>
      </p>
      <button type="button" class="quiet-button" onClick={onStop}>
        Stop
      </button>
      <button type="button" class="main-button small-button" onClick={onJoin}>
        Join the chat
      </button>
    </div>
  );
}

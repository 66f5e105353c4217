// The end of a chat that somebody else has brought about.
import type { DeskChatLog } from '@parley/client';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import { overText } from '../model/news.ts';

interface OverBarProps {
  end: DeskChatLog['over'];
  onPutAway: () => void;
}

/** In the place of the composer. */
export function OverBar({ end, onPutAway }: OverBarProps): JSX.Element {
  return (
    <div class="foot-bar" role="group" aria-label="End of the chat">
      <Icon name="end" />
      <p class="foot-bar-text">
        <strong>This chat is over</strong>
        {end && <span>{overText(end)}</span>}
      </p>
      <button type="button" class="main-button small-button" onClick={onPutAway}>
        Put away
      </button>
    </div>
  );
}

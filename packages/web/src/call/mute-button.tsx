// Mutes one's microphone in a call, by a button or by Alt+M.
import type { Call } from '@parley/client';
import type { JSX } from 'preact';
import { Icon } from '../chat/icons.tsx';
import { useMuteKey } from './use-mute-key.ts';

interface MuteButtonProps {
  call: Pick<Call, 'mute'>;
  isMuted: boolean;
}

/** Pressed while the microphone is muted. The key works for as long as the button is there. */
export function MuteButton({ call, isMuted }: MuteButtonProps): JSX.Element {
  const toggle = (): void => call.mute(!isMuted);
  useMuteKey(toggle);
  return (
    <button
      type="button"
      class="call-button"
      aria-pressed={isMuted}
      aria-keyshortcuts="Alt+M"
      title="Mute (Alt+M)"
      onClick={toggle}
    >
      <Icon name={isMuted ? 'mutedMicrophone' : 'microphone'} />
      <span class="button-label">Mute</span>
    </button>
  );
}

// What can be done during a call: mute, press keys, hang up.
import type { Call, CallSnapshot } from '@parley/client';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';
import { MuteButton } from './mute-button.tsx';
import { TonePad } from './tone-pad.tsx';

interface CallControlsProps {
  call: Call;
  snapshot: CallSnapshot;
}

/** Buttons, and the pad below them when it is wanted. */
export function CallControls({ call, snapshot }: CallControlsProps): JSX.Element {
  const { state, isMuted } = snapshot;
  const [isPadOpen, setIsPadOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const isConnected = state.at === 'live' || state.at === 'reconnecting';

  function closePad(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isPadOpen) return;
    setIsPadOpen(false);
    opener.current?.focus();
  }

  return (
    <div class="call-controls" onKeyDown={closePad}>
      <div class="call-buttons">
        <MuteButton call={call} isMuted={isMuted} />
        {isConnected && (
          <button
            type="button"
            class="call-button"
            ref={opener}
            aria-expanded={isPadOpen}
            aria-controls="tone-pad"
            onClick={() => setIsPadOpen(!isPadOpen)}
          >
            <Icon name="keys" />
            <span class="button-label">Keys</span>
          </button>
        )}
        <button type="button" class="call-button hang-up" onClick={() => call.hangUp()}>
          <Icon name="hangUp" />
          Hang up
        </button>
      </div>
      {isConnected && isPadOpen && <TonePad id="tone-pad" onPress={(tone) => call.press(tone)} />}
    </div>
  );
}

// Tells a newcomer that talking works, too.
import type { JSX } from 'preact';
import { Icon } from '../chat/icons.tsx';

interface CallInvitationProps {
  /** Whom to call. */
  name: string;
  onCall: () => void;
}

/** One sentence and a button; says beforehand that the browser will ask. */
export function CallInvitation({ name, onCall }: CallInvitationProps): JSX.Element {
  return (
    <aside class="invitation" aria-label="Call instead">
      <p>
        <strong>Rather talk?</strong> {name} answers calls, too. Your browser will ask for the microphone first.
      </p>
      <button type="button" class="chip" onClick={onCall}>
        <Icon name="phone" />
        Call {name}
      </button>
    </aside>
  );
}

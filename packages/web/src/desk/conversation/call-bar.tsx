// For chats that belong to a call.
import type { DeskCall } from '@parley/protocol';
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import { callText } from '../model/call-text.ts';

interface CallBarProps {
  call: DeskCall;
  meId: string;
  /** What can be done with the call. */
  children?: ComponentChildren;
}

/** How the call stands. */
export function CallBar({ call, meId, children }: CallBarProps): JSX.Element {
  return (
    <div class="call-bar" role="group" aria-label="Call">
      <Icon name="phone" />
      <p>{callText(call, meId)}</p>
      {children}
    </div>
  );
}

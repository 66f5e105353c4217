// For chats that belong to a call.
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';

/** What is said in the call is in the transcript; `children` is the place for taking the call over. */
export function CallBar({ children }: { children?: ComponentChildren }): JSX.Element {
  return (
    <div class="call-bar" role="group" aria-label="Call">
      <Icon name="phone" />
      <p>The visitor is on a call. What is said there appears here as text.</p>
      {children}
    </div>
  );
}

// What the page says: a live region for the ear, and a few lines at the foot for the eye.
import type { JSX } from 'preact';
import { Icon } from '../chat/icons.tsx';
import type { Telling } from './use-tellings.ts';

/** Both; each line is read out once. */
export function TellingsView({ tellings }: { tellings: readonly Telling[] }): JSX.Element {
  return (
    <>
      <div class="visually-hidden" role="status" aria-label="Announcements" aria-live="polite" aria-atomic="false">
        {tellings.map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </div>
      <div class="toasts" aria-hidden="true">
        {tellings
          .filter(({ shown }) => shown)
          .map(({ key, text, tone }) => (
            <p key={key} class={`toast toast-${tone}`}>
              <Icon name={tone === 'problem' ? 'alert' : 'info'} />
              <span dir="auto">{text}</span>
            </p>
          ))}
      </div>
    </>
  );
}

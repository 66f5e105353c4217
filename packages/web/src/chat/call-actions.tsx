// Telephone numbers of a message, each as a button that dials.
import type { CallAction } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from './icons.tsx';
import { telephoneAddress } from './safe-address.ts';

/** One button per number. */
export function CallActions({ actions }: { actions: readonly CallAction[] }): JSX.Element | null {
  if (actions.length === 0) return null;
  return (
    <div class="calls">
      {actions.map((action) => (
        <Call key={action.contactNumber} action={action} />
      ))}
    </div>
  );
}

function Call({ action: { title, contactNumber } }: { action: CallAction }): JSX.Element {
  const href = telephoneAddress(contactNumber);
  return (
    <a class="call" {...(href !== undefined && { href })}>
      <Icon name="phone" />
      <span dir="auto">{title}</span>
      <bdi class="call-number">{contactNumber}</bdi>
    </a>
  );
}

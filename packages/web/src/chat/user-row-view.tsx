// A message of the user's, and how far it has come.
import type { JSX } from 'preact';
import type { Row, UserRow } from './conversation-rows.ts';
import { canRetry, deliveryText } from './delivery-text.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { timeText } from './time-text.ts';

interface UserRowViewProps {
  row: UserRow & Row;
  /** Absent when nothing can be sent any more. */
  onRetry?: (() => void) | undefined;
}

const icons: Record<UserRow['delivery'], IconName> = {
  waiting: 'clock',
  sending: 'clock',
  sent: 'check',
  failed: 'alert',
};

const saidIcons = { voice: 'phone', keys: 'keys' } as const;

/** One message. In a group of delivered ones only the last says so to the eye; all say it to a screen reader. */
export function UserRowView({ row, onRetry }: UserRowViewProps): JSX.Element {
  const time = timeText(row.timeMs);
  const isQuiet = row.delivery === 'sent' && !row.endsGroup;
  return (
    <article class={`row row-user${row.startsGroup ? ' starts-group' : ''}`} aria-label={`You, ${time}`}>
      <p class="bubble" dir="auto">
        {row.text}
      </p>
      <footer class={isQuiet ? 'visually-hidden' : `delivery delivery-${row.delivery}`}>
        {row.delivery === 'sent' && <time dateTime={new Date(row.timeMs).toISOString()}>{time}</time>}
        <Icon name={row.saidBy === undefined ? icons[row.delivery] : saidIcons[row.saidBy]} />
        <span>{deliveryText(row)}</span>
        {onRetry && canRetry(row) && (
          <button type="button" class="link-button" onClick={onRetry}>
            Try again
          </button>
        )}
      </footer>
    </article>
  );
}

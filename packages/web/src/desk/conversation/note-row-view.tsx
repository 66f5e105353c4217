// A note between people. It must never look like a message.
import type { DeskNote } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import { timeText } from '../../chat/time-text.ts';

interface NoteRowViewProps {
  note: DeskNote;
  meId: string;
}

/** Text is text. */
export function NoteRowView({ note: { by, text, atMs }, meId }: NoteRowViewProps): JSX.Element {
  const name = by.id === meId ? 'You' : by.name;
  const time = timeText(atMs);
  return (
    <article class="note" aria-label={`Note, ${name}, ${time}`}>
      <header class="note-head">
        <Icon name="note" />
        <bdi>{name}</bdi>
        <span>Only your team sees this</span>
        <time dateTime={new Date(atMs).toISOString()}>{time}</time>
      </header>
      <p class="line-text" dir="auto">
        {text}
      </p>
    </article>
  );
}

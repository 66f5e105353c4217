// Lines across the transcript.
import type { JSX } from 'preact';
import { timeText } from '../../chat/time-text.ts';
import type { MarkRow } from '../model/transcript-rows.ts';
import { dayText } from './mark-text.ts';

/** A person took over, or another day begins. */
export function MarkRowView({ row: { mark, atMs } }: { row: MarkRow }): JSX.Element {
  return (
    <p class={`mark mark-${mark}`}>
      <span>{mark === 'day' ? dayText(atMs) : `A person took over at ${timeText(atMs)}`}</span>
    </p>
  );
}

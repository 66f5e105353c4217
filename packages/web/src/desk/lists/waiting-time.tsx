// How long somebody has been waiting, counted up.
import type { JSX } from 'preact';
import { waitText, waitTone, waitWords } from '../model/wait-text.ts';
import { useSecond } from '../use-second.ts';

/** Seconds for the eye, minutes for the ear. */
export function WaitingTime({ sinceMs }: { sinceMs: number }): JSX.Element {
  const waitMs = useSecond() - sinceMs;
  return (
    <span class={`wait wait-${waitTone(waitMs)}`}>
      <span aria-hidden="true">{waitText(waitMs)}</span>
      <span class="visually-hidden">waiting for {waitWords(waitMs)}</span>
    </span>
  );
}

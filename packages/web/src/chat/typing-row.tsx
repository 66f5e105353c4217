// Dots while the other side prepares an answer.
import type { Activity, Speaker } from '@parley/client';
import type { JSX } from 'preact';
import { Avatar } from './avatar.tsx';

interface TypingRowProps {
  activity: Activity;
  speaker: Speaker | undefined;
}

/** For the eye only: a screen reader hears the answer when it is there. */
export function TypingRow({ activity, speaker }: TypingRowProps): JSX.Element {
  return (
    <div class="row row-agent starts-group" aria-hidden="true" data-activity={activity.kind}>
      <Avatar speaker={speaker} />
      <div class="row-body">
        <span class="bubble dots">
          <span />
          <span />
          <span />
        </span>
      </div>
    </div>
  );
}

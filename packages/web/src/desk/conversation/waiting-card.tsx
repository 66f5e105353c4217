// A closer look at somebody who waits, before they are taken.
import type { DeskOverview, DeskWaiting } from '@parley/protocol';
import type { JSX } from 'preact';
import type { DeskHands } from '../desk-hands.ts';
import { WaitingTags } from '../lists/waiting-row.tsx';
import { WaitingTime } from '../lists/waiting-time.tsx';
import type { PageAction } from '../model/page-state.ts';
import { reasonText } from '../model/visitor-text.ts';
import { queueName } from '../model/waiting-groups.ts';

interface WaitingCardProps {
  overview: DeskOverview;
  waiting: DeskWaiting;
  hands: DeskHands;
  dispatch: (action: PageAction) => void;
}

/** Who, how long, why, and what can be done. */
export function WaitingCard({ overview, waiting, hands, dispatch }: WaitingCardProps): JSX.Element {
  const { sessionId, preview, position, queueId } = waiting;
  const isSupervisor = overview.me.role === 'supervisor';
  return (
    <section class="waiting-card" aria-label="Waiting visitor">
      <p class="waiting-card-line">
        <strong>
          {position === 1 ? 'Next' : `Number ${position}`} in {queueName(overview.queues, queueId)}
        </strong>
        <WaitingTime sinceMs={waiting.sinceMs} />
      </p>
      {preview !== '' && (
        <blockquote class="waiting-card-words" dir="auto">
          {preview}
        </blockquote>
      )}
      <p class="is-faint">{reasonText(waiting.reason)}</p>
      <WaitingTags waiting={waiting} />
      <div class="waiting-card-actions">
        <button type="button" class="main-button" onClick={() => void hands.accept(sessionId)}>
          Accept
        </button>
        {isSupervisor && (
          <button type="button" class="quiet-button" onClick={() => dispatch({ do: 'open', dialog: 'transfer' })}>
            Move
          </button>
        )}
        <button type="button" class="quiet-button" onClick={() => dispatch({ do: 'open', dialog: 'dismiss' })}>
          Give back to the agent
        </button>
      </div>
    </section>
  );
}

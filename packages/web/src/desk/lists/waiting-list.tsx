// Who waits for a person, whoever is next first.
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import type { DeskHands } from '../desk-hands.ts';
import { answersQueue, waitingGroups } from '../model/waiting-groups.ts';
import { WaitingRow } from './waiting-row.tsx';

interface WaitingListProps {
  overview: DeskOverview;
  selected: string | null;
  hands: DeskHands;
}

/** Everybody who waits, by queue; a button that takes whoever is next. */
export function WaitingList({ overview, selected, hands }: WaitingListProps): JSX.Element {
  const { me, waiting, queues } = overview;
  const groups = waitingGroups(overview);
  const canTake = waiting.some(({ queueId }) => answersQueue(me, queueId));
  return (
    <section class="list" aria-labelledby="waiting-title">
      <div class="list-head">
        <h2 class="list-title" id="waiting-title">
          Waiting
        </h2>
        <span class={waiting.length > 0 ? 'count count-waiting' : 'count'}>{waiting.length}</span>
        {canTake && (
          <button
            type="button"
            class="main-button small-button list-action"
            title="Accept whoever is next (A)"
            onClick={() => void hands.acceptNext()}
          >
            Accept next
          </button>
        )}
      </div>
      {groups.length === 0 ? (
        <p class="list-empty">
          <Icon name="check" />
          {emptyText(overview)}
        </p>
      ) : (
        groups.map((group) => (
          <div key={group.queue.id} class="waiting-group">
            {queues.length > 1 && (
              <h3 class="waiting-queue">
                <bdi>{group.queue.name}</bdi>
                {!group.queue.open && <span class="tag">Closed</span>}
              </h3>
            )}
            <ol class="rows-list">
              {group.waiting.map((each) => (
                <WaitingRow
                  key={each.sessionId}
                  waiting={each}
                  queueName={group.queue.name}
                  isSelected={each.sessionId === selected}
                  hands={hands}
                />
              ))}
            </ol>
          </div>
        ))
      )}
    </section>
  );
}

function emptyText({ me }: DeskOverview): string {
  return me.availability === 'available'
    ? 'Nobody is waiting.'
    : 'Nobody is waiting. Set yourself available to be told when somebody is.';
}

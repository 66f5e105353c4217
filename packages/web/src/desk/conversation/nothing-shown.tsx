// What the middle shows while nothing is selected: what one could do next.
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import type { DeskHands } from '../desk-hands.ts';
import { answersQueue } from '../model/waiting-groups.ts';

interface NothingShownProps {
  overview: DeskOverview;
  hands: DeskHands;
}

/** One sentence, and one button at most. */
export function NothingShown({ overview, hands }: NothingShownProps): JSX.Element {
  const { me, waiting, chats } = overview;
  const own = chats.filter(({ mine }) => mine === 'in').length;
  const count = waiting.filter(({ queueId }) => answersQueue(me, queueId)).length;
  if (count > 0) {
    return (
      <div class="nothing">
        <h2>{count === 1 ? 'Somebody is waiting' : `${count} visitors are waiting`}</h2>
        <p>Accept whoever has waited longest, or pick from the list.</p>
        <button type="button" class="main-button" onClick={() => void hands.acceptNext()}>
          Accept next <kbd>A</kbd>
        </button>
      </div>
    );
  }
  if (own > 0) {
    return (
      <div class="nothing">
        <Quiet />
        <h2>{own === 1 ? 'You have a chat' : `You have ${own} chats`}</h2>
        <p>
          Pick one from the list, or press <kbd>J</kbd>.
        </p>
      </div>
    );
  }
  if (me.availability === 'away') {
    return (
      <div class="nothing">
        <Quiet />
        <h2>You are away</h2>
        <p>Set yourself available, and you are told when somebody would like to talk to a person.</p>
        <button type="button" class="main-button" onClick={() => void hands.setAvailability('available')}>
          I’m available
        </button>
      </div>
    );
  }
  return (
    <div class="nothing">
      <Quiet />
      <h2>All quiet</h2>
      <p>Whoever asks for a person appears on the left.</p>
    </div>
  );
}

/** Two bubbles at rest. */
function Quiet(): JSX.Element {
  return (
    <svg class="quiet-picture" viewBox="0 0 120 80" aria-hidden="true" focusable="false">
      <path
        class="quiet-back"
        d="M48 8h48a14 14 0 0 1 14 14v16a14 14 0 0 1-14 14h-4v12L78 52H48a14 14 0 0 1-14-14V22A14 14 0 0 1 48 8Z"
      />
      <path
        class="quiet-front"
        d="M24 28h40a12 12 0 0 1 12 12v12a12 12 0 0 1-12 12H40L28 74V64h-4a12 12 0 0 1-12-12V40a12 12 0 0 1 12-12Z"
      />
      <path class="quiet-line" d="M28 42h30M28 51h20" />
    </svg>
  );
}

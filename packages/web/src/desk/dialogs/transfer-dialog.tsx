// Gives a chat to a queue or to a person.
import type { DeskChat, DeskOverview, DeskQueue, DeskWaiting } from '@parley/protocol';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../chat/icons.tsx';
import type { TransferTarget } from '../desk-hands.ts';
import { PersonFace } from '../face.tsx';
import { closedText } from '../model/closed-text.ts';
import { transferTargets } from '../model/transfer-targets.ts';
import { Dialog } from './dialog.tsx';

interface TransferDialogProps {
  overview: DeskOverview;
  about: DeskChat | DeskWaiting;
  isWaiting: boolean;
  onChoose: (to: TransferTarget, name: string) => void;
  onClose: () => void;
}

/** People who could take it, then queues. Of a queue that is closed one is warned first. */
export function TransferDialog({ overview, about, isWaiting, onChoose, onClose }: TransferDialogProps): JSX.Element {
  const { people, queues } = transferTargets(overview, { queueId: about.queueId, isWaiting });
  const [closed, setClosed] = useState<DeskQueue>();
  const title = isWaiting ? 'Move this visitor' : 'Transfer this chat';
  if (closed) {
    return (
      <Dialog key="closed" title={title} onClose={onClose}>
        <ClosedWarning
          queue={closed}
          isWaiting={isWaiting}
          onBack={() => setClosed(undefined)}
          onConfirm={() => onChoose({ queueId: closed.id }, closed.name)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="dialog-text">Whoever gets it sees the whole conversation and the notes.</p>
      <h3 class="dialog-subtitle">To a person</h3>
      {people.length === 0 ? (
        <p class="list-empty">Nobody else of this queue is here.</p>
      ) : (
        <ul class="targets">
          {people.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                class="target"
                disabled={person.fullFor.includes(about.queueId)}
                onClick={() => onChoose({ personId: person.id }, person.name)}
              >
                <PersonFace person={person} />
                <bdi class="target-name">{person.name}</bdi>
                <span class={`person-state person-${person.availability}`}>
                  {person.fullFor.includes(about.queueId)
                    ? 'Full'
                    : person.availability === 'available'
                      ? 'Available'
                      : 'Away'}
                </span>
                <span class="person-load">
                  {person.chatCount}/{person.capacity}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <h3 class="dialog-subtitle">To a queue</h3>
      <ul class="targets">
        {queues.map((queue) => (
          <li key={queue.id}>
            <button
              type="button"
              class="target"
              onClick={() => (queue.open ? onChoose({ queueId: queue.id }, queue.name) : setClosed(queue))}
            >
              <span class="avatar target-queue" aria-hidden="true">
                <Icon name="people" />
              </span>
              <bdi class="target-name">{queue.name}</bdi>
              <span class="person-load">
                {queue.open
                  ? `${queue.waitingCount} waiting, ${queue.availableCount} available`
                  : closedText(queue, Date.now())}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface ClosedWarningProps {
  queue: DeskQueue;
  isWaiting: boolean;
  onBack: () => void;
  onConfirm: () => void;
}

function ClosedWarning({ queue, isWaiting, onBack, onConfirm }: ClosedWarningProps): JSX.Element {
  return (
    <>
      <p class="dialog-text" role="alert">
        <bdi>{queue.name}</bdi> is {closedText(queue, Date.now())}. The visitor may wait there in vain.
      </p>
      <div class="dialog-actions">
        <button type="button" class="quiet-button" onClick={onBack}>
          Back
        </button>
        <button type="button" class="main-button" autoFocus onClick={onConfirm}>
          {isWaiting ? 'Move anyway' : 'Transfer anyway'}
        </button>
      </div>
    </>
  );
}

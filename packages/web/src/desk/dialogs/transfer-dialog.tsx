// Gives a chat to a queue or to a person.
import type { DeskChat, DeskOverview, DeskQueue, DeskWaiting } from '@parley/protocol';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../chat/icons.tsx';
import type { TransferTarget } from '../desk-hands.ts';
import { PersonFace } from '../face.tsx';
import { closedText } from '../model/closed-text.ts';
import { transferTargets } from '../model/transfer-targets.ts';
import { ClosedQueueDialog } from './closed-queue-dialog.tsx';
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
  if (closed) {
    return (
      <ClosedQueueDialog
        queue={closed}
        onConfirm={() => onChoose({ queueId: closed.id }, closed.name)}
        onBack={() => setClosed(undefined)}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={isWaiting ? 'Move this visitor' : 'Transfer this chat'} onClose={onClose}>
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

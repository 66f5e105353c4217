// Asks before somebody is sent to a queue that takes nobody in at the moment.
import type { DeskQueue } from '@parley/protocol';
import type { JSX } from 'preact';
import { closedText } from '../model/closed-text.ts';
import { Dialog } from './dialog.tsx';

interface ClosedQueueDialogProps {
  queue: DeskQueue;
  onConfirm: () => void;
  onBack: () => void;
  onClose: () => void;
}

/** Enter confirms: the button has the keyboard. */
export function ClosedQueueDialog({ queue, onConfirm, onBack, onClose }: ClosedQueueDialogProps): JSX.Element {
  return (
    <Dialog title={`Move to ${queue.name} anyway?`} onClose={onClose}>
      <p class="dialog-text">{closedText(queue, Date.now())}. The visitor may wait there in vain.</p>
      <div class="dialog-actions">
        <button type="button" class="quiet-button" onClick={onBack}>
          Back
        </button>
        <button type="button" class="main-button" autoFocus onClick={onConfirm}>
          Move anyway
        </button>
      </div>
    </Dialog>
  );
}

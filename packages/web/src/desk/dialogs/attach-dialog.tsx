// Attaches a link or a picture by its address.
import type { Attachment } from '@parley/protocol';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { webAddress } from '../../chat/safe-address.ts';
import { attachmentOf } from '../model/attachment-of.ts';
import { Dialog } from './dialog.tsx';

interface AttachDialogProps {
  onAttach: (attachment: Attachment) => void;
  onClose: () => void;
}

/** The address must be one of the web. */
export function AttachDialog({ onAttach, onClose }: AttachDialogProps): JSX.Element {
  const [address, setAddress] = useState('');
  const [title, setTitle] = useState('');
  const isBroken = address !== '' && webAddress(address) === undefined;
  return (
    <Dialog title="Attach a link or a picture" onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          const attachment = attachmentOf({ address, title });
          if (attachment) onAttach(attachment);
        }}
      >
        <label class="field">
          Address
          <input
            type="url"
            inputMode="url"
            required
            autoFocus
            placeholder="https://"
            value={address}
            aria-invalid={isBroken}
            onInput={(event) => setAddress(event.currentTarget.value.trim())}
          />
        </label>
        <label class="field">
          Title <span class="is-faint">what the visitor reads</span>
          <input value={title} maxLength={200} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <div class="dialog-actions">
          <button type="button" class="quiet-button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="main-button" disabled={webAddress(address) === undefined}>
            Attach
          </button>
        </div>
      </form>
    </Dialog>
  );
}

// The developer panel on narrow screens: a sheet over the chat.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';

interface PanelDialogProps {
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog: Escape and a click beside it close it, focus goes back where it came from. */
export function PanelDialog({ onClose, children }: PanelDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-label="For developers"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div class="sheet-body">
        <button type="button" class="icon-button sheet-close" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
        {children}
      </div>
    </dialog>
  );
}

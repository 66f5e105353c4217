// Canned replies over the composer, filtered by what is typed after the slash.
import type { DeskCannedReply } from '@parley/protocol';
import type { JSX } from 'preact';

interface CannedPickerProps {
  found: readonly DeskCannedReply[];
  /** There are no canned replies at all. */
  isEmpty: boolean;
  /** The one that Enter takes. */
  option: number;
  onChoose: (reply: DeskCannedReply) => void;
}

/** The id of an option, for `aria-activedescendant`. */
export function cannedOptionId(option: number): string {
  return `canned-reply-${option}`;
}

/** The composer keeps the keyboard; the list only shows. */
export function CannedPicker({ found, isEmpty, option, onChoose }: CannedPickerProps): JSX.Element {
  return (
    <div class="canned">
      <ul class="canned-list" id="canned-replies" role="listbox" aria-label="Canned replies">
        {found.map((reply, index) => (
          <li
            key={reply.title}
            id={cannedOptionId(index)}
            ref={(element) => {
              if (index === option) element?.scrollIntoView({ block: 'nearest' });
            }}
            class="canned-option"
            role="option"
            aria-selected={index === option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(reply)}
          >
            <strong>{reply.title}</strong>
            <span>{reply.text}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p class="canned-none">
          {isEmpty ? 'There are no canned replies yet. They are set up in the configuration.' : 'No reply fits.'}
        </p>
      )}
    </div>
  );
}

// What goes with the message that is being written; each can be taken out again.
import type { Attachment, Suggestion } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../../chat/icons.tsx';
import type { IconName } from '../../chat/icons.tsx';

interface ExtrasBarProps {
  attachments: readonly Attachment[];
  suggestions: readonly Suggestion[];
  onChange: (change: { attachments: readonly Attachment[] } | { suggestions: readonly Suggestion[] }) => void;
}

/** Nothing when nothing goes with it. */
export function ExtrasBar({ attachments, suggestions, onChange }: ExtrasBarProps): JSX.Element | null {
  if (attachments.length + suggestions.length === 0) return null;
  return (
    <ul class="extras" aria-label="Goes with the message">
      {attachments.map((attachment, index) => (
        <Extra
          key={`attachment ${index}`}
          icon={attachment.contentType === 'ATTACHMENT_CONTENT_TYPE_IMAGE' ? 'picture' : 'link'}
          text={attachment.title}
          onRemove={() => onChange({ attachments: attachments.toSpliced(index, 1) })}
        />
      ))}
      {suggestions.map(({ messageText }, index) => (
        <Extra
          key={`suggestion ${index}`}
          icon="suggestion"
          text={messageText}
          onRemove={() => onChange({ suggestions: suggestions.toSpliced(index, 1) })}
        />
      ))}
    </ul>
  );
}

function Extra({ icon, text, onRemove }: { icon: IconName; text: string; onRemove: () => void }): JSX.Element {
  return (
    <li class="extra">
      <Icon name={icon} />
      <span dir="auto">{text}</span>
      <button type="button" class="extra-remove" aria-label={`Remove ${text}`} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

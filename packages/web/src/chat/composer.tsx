// Where the user writes: Enter sends, Shift and Enter begin a new line.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';

interface ComposerProps {
  isDisabled: boolean;
  placeholder: string;
  /** Takes the text; false when there was nothing to send. */
  onSend: (text: string) => boolean;
  onTyping: () => void;
}

const MAX_ROWS = 7;

/** Grows with the text. Text stays when it could not be taken. */
export function Composer({ isDisabled, placeholder, onSend, onTyping }: ComposerProps): JSX.Element {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);

  // Whoever starts a new conversation goes on by keyboard here.
  const wasDisabled = useRef(isDisabled);
  useEffect(() => {
    if (wasDisabled.current && !isDisabled) field.current?.focus();
    wasDisabled.current = isDisabled;
  }, [isDisabled]);

  function send(): void {
    if (onSend(text)) setText('');
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter takes a suggestion.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        class="composer-field"
        aria-label="Message"
        dir="auto"
        placeholder={placeholder}
        rows={Math.min(MAX_ROWS, text.split('\n').length)}
        value={text}
        disabled={isDisabled}
        enterkeyhint="send"
        onInput={(event) => {
          setText(event.currentTarget.value);
          onTyping();
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="send" aria-label="Send" disabled={isDisabled || text.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}

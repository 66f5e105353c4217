// The end of a conversation: why, and the way to a new one.
import type { EndReason } from '@parley/protocol';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { endText } from './end-text.ts';

interface EndedBarProps {
  reason: EndReason | undefined;
  onStartOver: () => void;
}

/** Takes the keyboard focus over from what the end has taken away; one Tab before the button, so that a late
 * Enter starts nothing. */
export function EndedBar({ reason, onStartOver }: EndedBarProps): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.matches(':disabled')) bar.current?.focus();
  }, []);
  return (
    <div class="ended" role="group" aria-label="End of the conversation" tabIndex={-1} ref={bar}>
      <p>{endText(reason)}</p>
      <button type="button" class="main-button" onClick={onStartOver}>
        Start a new conversation
      </button>
    </div>
  );
}

// The keys of a telephone.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface TonePadProps {
  id: string;
  /** Sends a tone; false when that isn't possible just now. */
  onPress: (tone: string) => boolean;
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const names: Record<string, string> = { '*': 'Star', '#': 'Hash' };
/** What was pressed before that is of no interest any more. */
const SHOWN_AT_MOST = 16;

/** A pad that takes the keyboard's digits, too, while the focus is in it. */
export function TonePad({ id, onPress }: TonePadProps): JSX.Element {
  const [pressed, setPressed] = useState('');
  const keys = useRef<HTMLDivElement>(null);
  useEffect(() => keys.current?.querySelector('button')?.focus(), []);

  function press(tone: string): void {
    if (onPress(tone)) setPressed((before) => (before + tone).slice(-SHOWN_AT_MOST));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || !KEYS.some((tone) => tone === key)) return;
    event.preventDefault();
    press(key);
  }

  return (
    <div class="pad" id={id} role="group" aria-label="Touch-tone keys" onKeyDown={onKeyDown}>
      <output class="pad-pressed" dir="ltr" aria-label="Keys pressed">
        {pressed === '' ? <span class="pad-hint">Click, or type on the keyboard</span> : pressed}
      </output>
      <div class="pad-keys" dir="ltr" ref={keys}>
        {KEYS.map((tone) => (
          <button key={tone} type="button" class="pad-key" aria-label={names[tone] ?? tone} onClick={() => press(tone)}>
            {tone}
          </button>
        ))}
      </div>
    </div>
  );
}

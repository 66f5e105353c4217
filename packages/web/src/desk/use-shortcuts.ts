// Keys of the desk, for as long as no dialog is open.
import { useEffect, useRef } from 'preact/hooks';
import { shortcutOf } from './model/shortcuts.ts';
import type { Shortcut } from './model/shortcuts.ts';

/** Calls `onShortcut`, which says whether it did anything; then the key does nothing else. */
export function useShortcuts(options: {
  singleKeys: boolean;
  isPaused: boolean;
  onShortcut: (shortcut: Shortcut) => boolean;
}): void {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { singleKeys, isPaused, onShortcut } = latest.current;
      if (isPaused || event.defaultPrevented || event.isComposing || event.repeat) return;
      const shortcut = shortcutOf(event, { inField: isField(event.target), singleKeys });
      if (shortcut && onShortcut(shortcut)) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

// The choices for this browser as a hook.
import { useState } from 'preact/hooks';
import { loadSettings, saveSettings } from './model/settings.ts';
import type { DeskSettings } from './model/settings.ts';

/** The choices, and a way to change and keep them. */
export function useSettings(): [DeskSettings, (change: Partial<DeskSettings>) => void] {
  const [settings, setSettings] = useState(() => loadSettings(localStorage));
  return [
    settings,
    (change) => {
      const changed = { ...settings, ...change };
      saveSettings(localStorage, changed);
      setSettings(changed);
    },
  ];
}

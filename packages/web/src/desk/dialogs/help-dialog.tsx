// The keys of the desk.
import type { JSX } from 'preact';
import type { DeskSettings } from '../model/settings.ts';
import { shortcutHelp } from '../model/shortcuts.ts';
import { Dialog } from './dialog.tsx';
import { SettingSwitch } from './setting-switch.tsx';

interface HelpDialogProps {
  settings: DeskSettings;
  onSettings: (change: Partial<DeskSettings>) => void;
  onClose: () => void;
}

/** All of them, and a switch for those who type by voice. */
export function HelpDialog({ settings, onSettings, onClose }: HelpDialogProps): JSX.Element {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl class="keys">
        {shortcutHelp.map(({ keys, text }) => (
          <div key={text} class="key-line">
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p class="dialog-text">While you write, hold Alt with the letter; Alt with ↓ and ↑ changes the chat.</p>
      <SettingSwitch
        label="Single letters"
        detail="Off: letters do nothing by themselves, only with Alt."
        isOn={settings.singleKeys}
        onChange={(singleKeys) => onSettings({ singleKeys })}
      />
    </Dialog>
  );
}

// Who one is, what one wants to hear, and the way out.
import type { DeskPerson } from '@parley/protocol';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../chat/icons.tsx';
import { PersonFace } from '../face.tsx';
import type { DeskSettings } from '../model/settings.ts';
import { Dialog } from './dialog.tsx';
import { SettingSwitch } from './setting-switch.tsx';

interface SettingsDialogProps {
  me: DeskPerson;
  settings: DeskSettings;
  onSettings: (change: Partial<DeskSettings>) => void;
  onHelp: () => void;
  onSignOut: () => void;
  onClose: () => void;
}

/** The browser asks for the permission of notifications when they are wanted, not before. */
export function SettingsDialog(props: SettingsDialogProps): JSX.Element {
  const { me, settings, onSettings, onHelp, onSignOut, onClose } = props;
  const [permission, setPermission] = useState(permissionNow);
  async function wantNotifications(wants: boolean): Promise<void> {
    if (wants && permission === 'default') setPermission(await Notification.requestPermission());
    onSettings({ notifications: wants });
  }
  return (
    <Dialog title={me.name} onClose={onClose}>
      <div class="settings-me">
        <PersonFace person={me} />
        <p>
          {me.role === 'supervisor' ? 'Supervisor' : 'Agent at the desk'}, up to {me.capacity} chats at once
        </p>
      </div>
      <SettingSwitch
        label="Sound"
        detail="A short tone for visitors and messages you don't look at."
        isOn={settings.sound}
        onChange={(sound) => onSettings({ sound })}
      />
      <SettingSwitch
        label="Notifications"
        detail={permissionTexts[permission]}
        isOn={settings.notifications && permission === 'granted'}
        isDisabled={permission === 'denied' || permission === 'missing'}
        onChange={(wants) => void wantNotifications(wants)}
      />
      <div class="dialog-actions">
        <button type="button" class="quiet-button" onClick={onHelp}>
          <Icon name="help" />
          Keyboard shortcuts
        </button>
        <button type="button" class="quiet-button" onClick={onSignOut}>
          <Icon name="outside" />
          Sign out
        </button>
      </div>
    </Dialog>
  );
}

function permissionNow(): NotificationPermission | 'missing' {
  return 'Notification' in globalThis ? Notification.permission : 'missing';
}

const permissionTexts = {
  default: 'Your browser will ask you for permission.',
  granted: 'While this page is in the background.',
  denied: 'Your browser forbids them for this page.',
  missing: 'Your browser has none.',
} as const;

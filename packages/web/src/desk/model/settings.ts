// What somebody has chosen for this browser: sound, notifications, single keys.

/** The choices. */
export interface DeskSettings {
  sound: boolean;
  /** Wanted; the browser has its say besides. */
  notifications: boolean;
  /** Whether single letters do something outside of fields. */
  singleKeys: boolean;
}

const KEY = 'parley-desk-settings';
const usual: DeskSettings = { sound: true, notifications: false, singleKeys: true };

/** The earlier choices, or the usual ones. */
export function loadSettings(storage: Pick<Storage, 'getItem'>): DeskSettings {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    const { sound, notifications, singleKeys } = kept as Partial<Record<keyof DeskSettings, unknown>>;
    return {
      sound: typeof sound === 'boolean' ? sound : usual.sound,
      notifications: typeof notifications === 'boolean' ? notifications : usual.notifications,
      singleKeys: typeof singleKeys === 'boolean' ? singleKeys : usual.singleKeys,
    };
  } catch {
    return usual;
  }
}

/** Remembers the choices; where that is forbidden they hold for this page only. */
export function saveSettings(storage: Pick<Storage, 'setItem'>, settings: DeskSettings): void {
  try {
    storage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // See above.
  }
}

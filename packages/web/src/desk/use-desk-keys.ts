// What each key of the desk does at the moment.
import type { DeskHands } from './desk-hands.ts';
import { neighbour } from './model/chat-items.ts';
import type { ChatItem } from './model/chat-items.ts';
import type { PageAction, PageState, Shown } from './model/page-state.ts';
import { nothingWritten } from './model/page-state.ts';
import type { DeskSettings } from './model/settings.ts';
import type { Shortcut } from './model/shortcuts.ts';
import { useShortcuts } from './use-shortcuts.ts';
import type { Tell } from './use-tellings.ts';

interface DeskKeysOptions {
  page: PageState;
  shown: Shown;
  /** One's own chats. */
  items: readonly ChatItem[];
  settings: DeskSettings;
  hands: DeskHands;
  dispatch: (action: PageAction) => void;
  changeSettings: (change: Partial<DeskSettings>) => void;
  tell: Tell;
}

/** Listens for as long as the view stands. */
export function useDeskKeys(options: DeskKeysOptions): void {
  const { page, settings } = options;
  useShortcuts({
    singleKeys: settings.singleKeys,
    isPaused: page.dialog !== null,
    onShortcut: (shortcut) => press(shortcut, options),
  });
}

/** Whether the key meant something. */
function press(shortcut: Shortcut, options: DeskKeysOptions): boolean {
  const { page, shown, items, settings, hands, dispatch, changeSettings, tell } = options;
  const mine = shown.at === 'chat' && shown.chat.mine === 'in' ? shown.chat : undefined;
  switch (shortcut) {
    case 'next-chat':
    case 'previous-chat': {
      const sessionId = neighbour(items, page.selected, shortcut === 'next-chat' ? 1 : -1);
      if (sessionId !== undefined) hands.select(sessionId);
      return sessionId !== undefined;
    }
    case 'accept-next':
      void hands.acceptNext();
      return true;
    case 'write':
    case 'note':
    case 'canned-reply': {
      if (!mine) return false;
      const { sessionId } = mine;
      const reply = (page.writing.get(sessionId) ?? nothingWritten).reply;
      const picking = shortcut === 'canned-reply' && reply === '' ? { reply: '/' } : {};
      dispatch({ do: 'write', sessionId, change: { mode: shortcut === 'note' ? 'note' : 'reply', ...picking } });
      document.getElementById('desk-composer')?.focus();
      return true;
    }
    case 'transfer':
      if (mine) dispatch({ do: 'open', dialog: 'transfer' });
      return mine !== undefined;
    case 'return':
      if (mine) dispatch({ do: 'open', dialog: 'agent' });
      return mine !== undefined;
    case 'end':
      if (mine) dispatch({ do: 'open', dialog: 'end' });
      return mine !== undefined;
    case 'details':
      if (shown.at !== 'nothing') dispatch({ do: 'show', pane: page.pane === 'details' ? 'chat' : 'details' });
      return shown.at !== 'nothing';
    case 'mute':
      changeSettings({ sound: !settings.sound });
      tell(settings.sound ? 'Sound off' : 'Sound on');
      return true;
    case 'help':
      dispatch({ do: 'open', dialog: 'help' });
      return true;
  }
}

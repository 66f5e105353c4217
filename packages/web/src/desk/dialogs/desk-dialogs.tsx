// The one dialog that is open, if any.
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import type { DeskHands } from '../desk-hands.ts';
import { nothingWritten } from '../model/page-state.ts';
import type { PageAction, PageState, Shown } from '../model/page-state.ts';
import type { DeskSettings } from '../model/settings.ts';
import { AttachDialog } from './attach-dialog.tsx';
import { DoneDialog } from './done-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { SuggestDialog } from './suggest-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

interface DeskDialogsProps {
  overview: DeskOverview;
  page: PageState;
  shown: Shown;
  settings: DeskSettings;
  hands: DeskHands;
  dispatch: (action: PageAction) => void;
  onSettings: (change: Partial<DeskSettings>) => void;
  onSignOut: () => Promise<void>;
}

/** Dialogs about a chat close with it. */
export function DeskDialogs(props: DeskDialogsProps): JSX.Element | null {
  const { overview, page, shown, settings, hands, dispatch, onSettings, onSignOut } = props;
  const onClose = (): void => dispatch({ do: 'close-dialog' });
  const about = shown.at === 'chat' ? shown.chat : shown.at === 'waiting' ? shown.waiting : undefined;
  const sessionId = about?.sessionId ?? '';
  const { attachments, suggestions } = page.writing.get(sessionId) ?? nothingWritten;
  switch (page.dialog) {
    case null:
      return null;
    case 'help':
      return <HelpDialog settings={settings} onSettings={onSettings} onClose={onClose} />;
    case 'settings':
      return (
        <SettingsDialog
          me={overview.me}
          settings={settings}
          onSettings={onSettings}
          onHelp={() => dispatch({ do: 'open', dialog: 'help' })}
          onSignOut={() => void onSignOut()}
          onClose={onClose}
        />
      );
    case 'transfer':
      return about ? (
        <TransferDialog
          overview={overview}
          about={about}
          isWaiting={shown.at === 'waiting'}
          onChoose={(to, name) => void hands.transfer(sessionId, to, name)}
          onClose={onClose}
        />
      ) : null;
    case 'attach':
      return (
        <AttachDialog
          onAttach={(attachment) => {
            dispatch({ do: 'write', sessionId, change: { attachments: [...attachments, attachment] } });
            onClose();
          }}
          onClose={onClose}
        />
      );
    case 'suggest':
      return (
        <SuggestDialog
          onSuggest={(messageText) => {
            dispatch({ do: 'write', sessionId, change: { suggestions: [...suggestions, { messageText }] } });
            onClose();
          }}
          onClose={onClose}
        />
      );
    case 'end':
    case 'agent':
      return shown.at === 'chat' ? (
        <DoneDialog
          how={page.dialog}
          others={shown.chat.people.filter(({ id }) => id !== overview.me.id)}
          onConfirm={(how) => void hands.leave(sessionId, how === 'agent' ? 'agent' : 'end')}
          onClose={onClose}
        />
      ) : null;
    case 'dismiss':
      return <DoneDialog how="dismiss" others={[]} onConfirm={() => void hands.dismiss(sessionId)} onClose={onClose} />;
  }
}

// The top of the desk: the connection, whether one wants chats and how many one has, and the page's own switches.
import type { DeskLink } from '@parley/client';
import type { DeskOverview, DeskPerson } from '@parley/protocol';
import type { JSX } from 'preact';
import { Icon } from '../chat/icons.tsx';
import { Logo } from '../demo/page-header.tsx';
import { ThemeToggle } from '../demo/theme-toggle.tsx';
import type { DeskHands } from './desk-hands.ts';
import { PersonFace } from './face.tsx';
import { linkBadge } from './model/link-text.ts';
import { fullText } from './model/load-text.ts';
import type { OpenDialog } from './model/page-state.ts';
import type { DeskSettings } from './model/settings.ts';

interface DeskHeaderProps {
  link: DeskLink;
  overview: DeskOverview;
  settings: DeskSettings;
  hands: DeskHands;
  onSettings: (change: Partial<DeskSettings>) => void;
  onOpen: (dialog: OpenDialog) => void;
}

/** One line. */
export function DeskHeader({ link, overview, settings, hands, onSettings, onOpen }: DeskHeaderProps): JSX.Element {
  const { me } = overview;
  const badge = linkBadge(link);
  const soundLabel = settings.sound ? 'Turn sound off' : 'Turn sound on';
  return (
    <header class="desk-header">
      <Logo />
      <h1 class="product">
        Parley <span class="desk-product">desk</span>
      </h1>
      <p class={`badge badge-${badge.tone}`}>
        <span class="badge-dot" aria-hidden="true" />
        <span class="visually-hidden">Connection: </span>
        <span class="badge-text">{badge.text}</span>
      </p>
      <div class="page-actions">
        <Load overview={overview} />
        <AvailabilitySwitch me={me} isOnline={link.at === 'open'} hands={hands} />
        <button
          type="button"
          class="icon-button wide-only"
          aria-label={soundLabel}
          title={`${soundLabel} (M)`}
          onClick={() => onSettings({ sound: !settings.sound })}
        >
          <Icon name={settings.sound ? 'sound' : 'silence'} />
        </button>
        <button
          type="button"
          class="icon-button wide-only"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => onOpen('help')}
        >
          <Icon name="help" />
        </button>
        <ThemeToggle />
        <button
          type="button"
          class="me-button"
          aria-label={`${me.name}: settings and sign-out`}
          title={me.name}
          onClick={() => onOpen('settings')}
        >
          <PersonFace person={me} />
        </button>
      </div>
    </header>
  );
}

function AvailabilitySwitch({
  me,
  isOnline,
  hands,
}: {
  me: DeskPerson;
  isOnline: boolean;
  hands: DeskHands;
}): JSX.Element {
  const isAvailable = me.availability === 'available';
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isAvailable}
      aria-label="Available for chats"
      class={`availability availability-${me.availability}`}
      disabled={!isOnline}
      onClick={() => void hands.setAvailability(isAvailable ? 'away' : 'available')}
    >
      <span class="availability-dot" aria-hidden="true" />
      {isAvailable ? 'Available' : 'Away'}
    </button>
  );
}

function Load({ overview }: { overview: DeskOverview }): JSX.Element {
  const { chatCount, capacity } = overview.me;
  return (
    <p class={`load wide-only${chatCount >= capacity ? ' load-full' : ''}`} title={fullText(overview)}>
      <strong>{chatCount}</strong> of {capacity} chats
    </p>
  );
}

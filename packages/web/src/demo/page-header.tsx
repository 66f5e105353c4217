// The top of the page: what this is, how the connection is, and the page's own switches.
import type { ComponentChildren, JSX } from 'preact';
import type { Badge } from '../chat/connection-text.ts';
import { ThemeToggle } from './theme-toggle.tsx';

interface PageHeaderProps {
  badge?: Badge | undefined;
  children?: ComponentChildren;
}

/** Name, connection badge, whatever else belongs up here, and the switch of colours. */
export function PageHeader({ badge, children }: PageHeaderProps): JSX.Element {
  return (
    <header class="page-header">
      <a class="skip-link" href="#chat">
        Skip to the chat
      </a>
      <Logo />
      <h1 class="product">Parley</h1>
      {badge && (
        <p class={`badge badge-${badge.tone}`}>
          <span class="badge-dot" aria-hidden="true" />
          <span class="visually-hidden">Connection: </span>
          {badge.text}
        </p>
      )}
      <div class="page-actions">
        {children}
        <ThemeToggle />
      </div>
    </header>
  );
}

/** Two people talking. */
export function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path class="logo-back" d="M12 4h12a5 5 0 0 1 5 5v7a5 5 0 0 1-5 5v5l-6-5h-6a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5Z" />
      <path
        class="logo-front"
        d="M8 10h9a5 5 0 0 1 5 5v4a5 5 0 0 1-5 5h-5l-5 4v-4.1A5 5 0 0 1 3 19v-4a5 5 0 0 1 5-5Z"
      />
    </svg>
  );
}

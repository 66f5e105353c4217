// What is shown before anything is known: usually for a blink.
import type { DeskClient, DeskLink } from '@parley/client';
import type { JSX } from 'preact';
import { Logo } from '../demo/page-header.tsx';
import { LinkBanner } from './link-banner.tsx';

interface WelcomeProps {
  client: DeskClient;
  link: DeskLink;
}

/** The name of the page, and trouble with the connection if there is any. */
export function Welcome({ client, link }: WelcomeProps): JSX.Element {
  return (
    <>
      <LinkBanner client={client} link={link} wasOpen={false} />
      <main class="welcome" aria-busy="true">
        <Logo />
        <h1 class="visually-hidden">Parley desk</h1>
        <p class="welcome-text">Opening the desk…</p>
      </main>
    </>
  );
}

// Trouble with the connection, told as it is, with a way to try again.
import type { DeskClient, DeskLink } from '@parley/client';
import type { JSX } from 'preact';
import { useNow } from '../chat/use-now.ts';
import { linkBanner } from './model/link-text.ts';

interface LinkBannerProps {
  client: DeskClient;
  link: DeskLink;
  /** Whether the desk was connected before. */
  wasOpen: boolean;
}

/** Nothing while all is well. Its countdown is for the eye; the announcer tells of the loss once. */
export function LinkBanner({ client, link, wasOpen }: LinkBannerProps): JSX.Element | null {
  const nowMs = useNow(link.at === 'waiting');
  const banner = linkBanner(link, { nowMs, wasOpen });
  if (!banner) return null;
  return (
    <div class="banner banner-busy desk-banner" role="group" aria-label="Connection">
      <span class="spinner" aria-hidden="true" />
      <p class="banner-text">{banner.text}</p>
      {banner.retryLabel !== undefined && (
        <button type="button" class="link-button" onClick={() => client.retryConnection()}>
          {banner.retryLabel}
        </button>
      )}
    </div>
  );
}

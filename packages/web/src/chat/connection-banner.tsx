// Trouble with the connection, told as it is, with a way to try again.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import type { JSX } from 'preact';
import { connectionBanner } from './connection-text.ts';
import { Icon } from './icons.tsx';
import { useNow } from './use-now.ts';

interface ConnectionBannerProps {
  client: ParleyClient;
  snapshot: ParleySnapshot;
}

/** Nothing while all is well. Its countdown is for the eye; the announcer tells of the loss once. */
export function ConnectionBanner({ client, snapshot }: ConnectionBannerProps): JSX.Element | null {
  const nowMs = useNow(snapshot.connection.at === 'waiting');
  const banner = connectionBanner(snapshot, nowMs);
  if (!banner) return null;
  return (
    <div class={`banner banner-${banner.tone}`} role="group" aria-label="Connection">
      {banner.tone === 'busy' ? <span class="spinner" aria-hidden="true" /> : <Icon name="alert" />}
      <p class="banner-text">{banner.text}</p>
      {banner.retryLabel !== undefined && (
        <button type="button" class="link-button" onClick={() => client.retryConnection()}>
          {banner.retryLabel}
        </button>
      )}
    </div>
  );
}

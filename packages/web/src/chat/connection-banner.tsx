// Trouble with the connection of a chat.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import type { JSX } from 'preact';
import { connectionBanner } from './connection-text.ts';
import { TroubleBanner } from './trouble-banner.tsx';
import { useNow } from './use-now.ts';

interface ConnectionBannerProps {
  client: ParleyClient;
  snapshot: ParleySnapshot;
}

/** Nothing while all is well. */
export function ConnectionBanner({ client, snapshot }: ConnectionBannerProps): JSX.Element | null {
  const nowMs = useNow(snapshot.connection.at === 'waiting');
  const banner = connectionBanner(snapshot, nowMs);
  return banner ? <TroubleBanner banner={banner} onRetry={() => client.retryConnection()} /> : null;
}

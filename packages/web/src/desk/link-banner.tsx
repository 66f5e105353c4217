// Trouble with the connection to the desk.
import type { DeskClient, DeskLink } from '@parley/client';
import type { JSX } from 'preact';
import { TroubleBanner } from '../chat/trouble-banner.tsx';
import { useNow } from '../chat/use-now.ts';
import { linkBanner } from './model/link-text.ts';

interface LinkBannerProps {
  client: DeskClient;
  link: DeskLink;
  /** Whether the desk was connected before. */
  wasOpen: boolean;
}

/** Nothing while all is well. */
export function LinkBanner({ client, link, wasOpen }: LinkBannerProps): JSX.Element | null {
  const nowMs = useNow(link.at === 'waiting');
  const banner = linkBanner(link, { nowMs, wasOpen });
  return banner ? <TroubleBanner banner={banner} onRetry={() => client.retryConnection()} /> : null;
}

// Where a hand-off stands: the place in the queue, the wait, or where to go.
import type { HandoffStatus } from '@parley/client';
import type { JSX } from 'preact';
import { handoffBanner } from './handoff-text.ts';
import { Icon } from './icons.tsx';

/** Nothing when no hand-off is under way. */
export function HandoffBannerView({ status }: { status: HandoffStatus }): JSX.Element | null {
  const banner = handoffBanner(status);
  if (!banner) return null;
  return (
    <div class="banner banner-handoff" role="status" aria-label="Hand-off">
      {status.at === 'elsewhere' ? <Icon name="outside" /> : <span class="spinner" aria-hidden="true" />}
      <p class="banner-text">
        <strong dir="auto">{banner.title}</strong>
        {banner.detail !== undefined && <span dir="auto">{banner.detail}</span>}
      </p>
      {banner.link !== undefined && (
        <a class="link-button" href={banner.link} target="_blank" rel="noopener noreferrer">
          Continue there
        </a>
      )}
    </div>
  );
}

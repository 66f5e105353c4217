// What is wrong with a connection, as it is, with a way to try again.
import type { JSX } from 'preact';
import type { Banner } from './connection-text.ts';
import { Icon } from './icons.tsx';

interface TroubleBannerProps {
  banner: Banner;
  onRetry: () => void;
}

/** Its countdown is for the eye; the announcer tells of the loss once. */
export function TroubleBanner({ banner, onRetry }: TroubleBannerProps): JSX.Element {
  return (
    <div class={`banner banner-${banner.tone}`} role="group" aria-label="Connection">
      {banner.tone === 'busy' ? <span class="spinner" aria-hidden="true" /> : <Icon name="alert" />}
      <p class="banner-text">{banner.text}</p>
      {banner.retryLabel !== undefined && (
        <button type="button" class="link-button" onClick={onRetry}>
          {banner.retryLabel}
        </button>
      )}
    </div>
  );
}

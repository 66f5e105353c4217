// How good the connection of a call is: bars for the eye, words for everybody.
import type { Quality } from '@parley/client';
import type { JSX } from 'preact';
import { qualityDetail, qualityText } from './call-text.ts';

/** Nothing is said before something was measured. */
export function QualityBadge({ quality }: { quality: Quality }): JSX.Element {
  return (
    <p class={`quality quality-${quality.grade}`} title={qualityDetail(quality)}>
      <svg class="quality-bars" viewBox="0 0 16 12" aria-hidden="true" focusable="false">
        <rect x="0" y="8" width="4" height="4" rx="1" />
        <rect x="6" y="4" width="4" height="8" rx="1" />
        <rect x="12" y="0" width="4" height="12" rx="1" />
      </svg>
      {qualityText(quality)}
    </p>
  );
}

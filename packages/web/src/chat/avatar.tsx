// The face of whoever speaks: a picture, or the first letter of the name.
import type { Speaker } from '@parley/client';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { webAddress } from './safe-address.ts';

/** Decoration: the name stands beside it. A picture that doesn't load gives way to the letter. */
export function Avatar({ speaker }: { speaker: Speaker | undefined }): JSX.Element {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const url = webAddress(speaker?.avatarUrl);
  const kind = speaker?.kind ?? 'agent';
  return (
    <span class={`avatar avatar-${kind}`} aria-hidden="true">
      {url !== undefined && url !== brokenUrl ? (
        <img src={url} alt="" onError={() => setBrokenUrl(url)} />
      ) : (
        firstLetter(speaker?.name)
      )}
    </span>
  );
}

function firstLetter(name: string | undefined): string {
  const [letter = '?'] = (name ?? '').trim();
  return letter.toLocaleUpperCase();
}

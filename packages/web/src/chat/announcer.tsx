// Reads changes out to screen readers, politely and once.
import type { ParleySnapshot } from '@parley/client';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { announcements } from './announcements.ts';
import { plainText } from './markdown.ts';

/** Lines that stay in the region: what is removed isn't read, and an endless list helps nobody. */
const KEPT_LINES = 6;

/** An invisible live region. */
export function Announcer({ snapshot }: { snapshot: ParleySnapshot }): JSX.Element {
  const before = useRef(snapshot);
  const count = useRef(0);
  const [lines, setLines] = useState<{ key: number; text: string }[]>([]);
  useEffect(() => {
    const fresh = announcements(before.current, snapshot, plainText);
    before.current = snapshot;
    if (fresh.length === 0) return;
    const keyed = fresh.map((text) => ({ key: (count.current += 1), text }));
    setLines((earlier) => [...earlier, ...keyed].slice(-KEPT_LINES));
  }, [snapshot]);
  return (
    <div class="visually-hidden" role="status" aria-label="Announcements" aria-live="polite" aria-atomic="false">
      {lines.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}

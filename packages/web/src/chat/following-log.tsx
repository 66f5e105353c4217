// A conversation that scrolls: it stays at its end while the reader is there, and offers a way back to it.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

interface FollowingLogProps {
  /** What it is, for assistive technology. */
  label: string;
  /** Changes when the reader writes something, which they want to see then. */
  written: number;
  children: ComponentChildren;
}

/** A log for assistive technology, but not a live one: the announcer reads out whole messages instead. */
export function FollowingLog({ label, written, children }: FollowingLogProps): JSX.Element {
  const { scroller, content, isAtEnd, goToEnd } = useStickToEnd();
  useEffect(goToEnd, [written]);
  return (
    <div class="log-frame">
      <div class="log" role="log" aria-live="off" aria-label={label} tabIndex={0} ref={scroller}>
        <div class="rows" ref={content}>
          {children}
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" class="to-end" onClick={goToEnd}>
          <Icon name="down" />
          Latest messages
        </button>
      )}
    </div>
  );
}

/** Stands where rows will be. */
export function RowsToCome({ label }: { label: string }): JSX.Element {
  return (
    <div class="starting" role="img" aria-label={label}>
      <span class="bone bone-wide" />
      <span class="bone" />
    </div>
  );
}

// Tells screen readers of a connection that is lost, and that it is back: once each.
import type { DeskLink } from '@parley/client';
import { useEffect, useRef } from 'preact/hooks';
import type { Tell } from './use-tellings.ts';

/** Listens for as long as the view stands. */
export function useLinkNews(link: DeskLink, tell: Tell): void {
  const wasOpen = useRef(true);
  const isOpen = link.at === 'open';
  const isLost = link.at === 'waiting';
  useEffect(() => {
    if (isLost && wasOpen.current) {
      wasOpen.current = false;
      tell('Connection lost. Trying again.', 'quiet');
    }
    if (isOpen && !wasOpen.current) {
      wasOpen.current = true;
      tell('Connected again.', 'quiet');
    }
  }, [isOpen, isLost, tell]);
}

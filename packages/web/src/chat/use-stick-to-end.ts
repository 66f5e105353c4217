// Keeps a scrolling list at its end while the reader is there, and leaves it alone while they read above.
import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** A list that follows what is added to it. */
export interface StickToEnd {
  /** The element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Its content: whatever changes height in there moves the end. */
  content: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  goToEnd: () => void;
}

/** So close counts as the end. */
const NEAR_PX = 48;

/** Follows the end from the start. */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);

  const goToEnd = useCallback(() => {
    sticks.current = true;
    setIsAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return;
    let lastTop = element.scrollTop;
    // Only going up leaves the end: when content grows faster than we scroll, the reader hasn't moved.
    const noticeScroll = (): void => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (isNear) sticks.current = true;
      else if (element.scrollTop < lastTop) sticks.current = false;
      lastTop = element.scrollTop;
      setIsAtEnd(sticks.current);
    };
    const follow = new ResizeObserver(() => sticks.current && goToEnd());
    follow.observe(content.current);
    follow.observe(element);
    element.addEventListener('scroll', noticeScroll, { passive: true });
    return () => {
      follow.disconnect();
      element.removeEventListener('scroll', noticeScroll);
    };
  }, [goToEnd]);

  return { scroller, content, isAtEnd, goToEnd };
}

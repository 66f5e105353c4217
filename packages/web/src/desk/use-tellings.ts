// What the page says by itself: read out by screen readers, and some of it shown for a few seconds.
import { useCallback, useRef, useState } from 'preact/hooks';

/** One thing said. */
export interface Telling {
  key: number;
  text: string;
  /** `quiet`: read out only; there is something to see already. */
  tone: 'quiet' | 'plain' | 'problem';
  /** Whether it is still on the screen. */
  shown: boolean;
}

export type Tell = (text: string, tone?: Telling['tone']) => void;

/** Lines that stay in the live region: what is removed isn't read, and an endless list helps nobody. */
const KEPT_LINES = 6;
const SHOWN_MS = 6000;

/** What was said last, oldest first, and a way to say more. */
export function useTellings(): { tellings: readonly Telling[]; tell: Tell } {
  const count = useRef(0);
  const [tellings, setTellings] = useState<readonly Telling[]>([]);
  const tell = useCallback<Tell>((text, tone = 'plain') => {
    const key = (count.current += 1);
    setTellings((earlier) => [...earlier, { key, text, tone, shown: tone !== 'quiet' }].slice(-KEPT_LINES));
    if (tone === 'quiet') return;
    setTimeout(() => {
      setTellings((all) => all.map((each) => (each.key === key ? { ...each, shown: false } : each)));
    }, SHOWN_MS);
  }, []);
  return { tellings, tell };
}

// The time as a hook, for views that count down.
import { useEffect, useState } from 'preact/hooks';

/** Milliseconds since the epoch, renewed four times a second while `isTicking`. */
export function useNow(isTicking: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isTicking]);
  return nowMs;
}

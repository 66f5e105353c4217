// The time as a hook, for waits that are counted up.
import { useEffect, useState } from 'preact/hooks';

/** Milliseconds since the epoch, renewed every second. */
export function useSecond(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

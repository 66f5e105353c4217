// What a page does for a call: follows it, tells it of the network, and hangs up when it is left.
import type { Call, CallSnapshot } from '@parley/client';

/** Until the returned function is called. */
export function watchCall(call: Call, onSnapshot: (snapshot: CallSnapshot) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const networkChanged = (): void => call.networkChanged();
  addEventListener('online', networkChanged, { signal });
  // Chromium's alone, and the only word of a change from one network to another.
  const { connection } = navigator as { connection?: EventTarget };
  connection?.addEventListener('change', networkChanged, { signal });
  addEventListener('pagehide', () => call.hangUp(), { signal });
  const unsubscribe = call.subscribe(onSnapshot);
  return () => {
    unsubscribe();
    listening.abort();
  };
}

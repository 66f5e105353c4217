// What the browser knows of network and page, told to the client: hints, not truth. A machine without any
// network still reaches a server of its own.
import type { ParleyClient } from '@parley/client';
import { useEffect } from 'preact/hooks';

/** Passes hints on for as long as the view stands. */
export function useNetworkHints(client: Pick<ParleyClient, 'checkConnection' | 'retryConnection'>): void {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const check = (): void => client.checkConnection();
    const comeBack = (): void => {
      client.retryConnection();
      client.checkConnection();
    };
    addEventListener('offline', check, { signal });
    addEventListener('online', comeBack, { signal });
    addEventListener('pageshow', (event) => event.persisted && comeBack(), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && comeBack(), {
      signal,
    });
    return () => listening.abort();
  }, [client]);
}

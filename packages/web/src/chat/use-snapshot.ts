// A client's snapshots as a hook: the view is drawn anew with each.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import { useEffect, useState } from 'preact/hooks';

/** The client's present snapshot. */
export function useSnapshot(client: ParleyClient): ParleySnapshot {
  const [snapshot, setSnapshot] = useState(client.snapshot());
  useEffect(() => {
    setSnapshot(client.snapshot());
    return client.subscribe(setSnapshot);
  }, [client]);
  return snapshot;
}

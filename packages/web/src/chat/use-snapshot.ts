// A client's snapshots as a hook: the view is drawn anew with each.
import { useEffect, useState } from 'preact/hooks';

/** A client, of a conversation or of the desk. */
interface SnapshotSource<Snapshot> {
  snapshot(): Snapshot;
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
}

/** The client's present snapshot. */
export function useSnapshot<Snapshot>(client: SnapshotSource<Snapshot>): Snapshot {
  const [snapshot, setSnapshot] = useState(client.snapshot());
  useEffect(() => {
    setSnapshot(client.snapshot());
    return client.subscribe(setSnapshot);
  }, [client]);
  return snapshot;
}

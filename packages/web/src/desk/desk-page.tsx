// The desk in all its states: looking for a sign-in, signing in, at work.
import { createDeskClient } from '@parley/client';
import type { DeskClient } from '@parley/client';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useNetworkHints } from '../chat/use-network-hints.ts';
import { useSnapshot } from '../chat/use-snapshot.ts';
import { Desk } from './desk.tsx';
import { SignIn } from './sign-in.tsx';
import { Welcome } from './welcome.tsx';

/** One client for as long as the page stands. */
export function DeskPage(): JSX.Element {
  const client = useDeskClient();
  const snapshot = useSnapshot(client);
  useNetworkHints(client);
  const { overview, link } = snapshot;
  const wasSignedIn = useRef(false);
  if (overview) wasSignedIn.current = true;
  if (link.at === 'signed-out') return <SignIn client={client} wasSignedIn={wasSignedIn.current} />;
  if (!overview) return <Welcome client={client} link={link} />;
  return <Desk key={overview.me.id} client={client} snapshot={snapshot} overview={overview} />;
}

function useDeskClient(): DeskClient {
  const client = useMemo(() => createDeskClient({ baseUrl: location.origin }), []);
  useEffect(() => {
    client.start();
    return () => client.close();
  }, [client]);
  return client;
}

// The desk in all its states: looking for a sign-in, signing in, at work.
import { createDeskClient } from '@parley/client';
import type { DeskClient } from '@parley/client';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useNetworkHints } from '../chat/use-network-hints.ts';
import { useSnapshot } from '../chat/use-snapshot.ts';
import { Desk } from './desk.tsx';
import { newPage, resumedPage } from './model/page-state.ts';
import type { PageState } from './model/page-state.ts';
import { SignIn } from './sign-in.tsx';
import { Welcome } from './welcome.tsx';

/** One client for as long as the page stands. */
export function DeskPage(): JSX.Element {
  const client = useDeskClient();
  const snapshot = useSnapshot(client);
  useNetworkHints(client);
  const { overview, link } = snapshot;
  const wasSignedIn = useRef(false);
  /** A sign-in ends while somebody writes; half a message is not to be lost with it. */
  const left = useRef<{ personId: string; page: PageState } | null>(null);
  if (overview) wasSignedIn.current = true;
  if (link.at === 'signed-out') return <SignIn client={client} wasSignedIn={wasSignedIn.current} />;
  if (!overview) return <Welcome client={client} link={link} />;
  const { id: personId } = overview.me;
  return (
    <Desk
      key={personId}
      client={client}
      snapshot={snapshot}
      overview={overview}
      firstPage={left.current?.personId === personId ? resumedPage(left.current.page) : newPage}
      onPage={(page) => (left.current = { personId, page })}
      onSignOut={async () => {
        await client.signOut();
        left.current = null;
      }}
    />
  );
}

function useDeskClient(): DeskClient {
  const client = useMemo(() => createDeskClient({ baseUrl: location.origin }), []);
  useEffect(() => {
    client.start();
    return () => client.close();
  }, [client]);
  return client;
}

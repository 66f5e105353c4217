// The demo in full: chat, developer panel, and one client between them.
import { createParleyClient } from '@parley/client';
import type { ParleyClient } from '@parley/client';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useCalls } from '../call/use-calls.ts';
import { Chat } from '../chat/chat.tsx';
import { connectionBadge } from '../chat/connection-text.ts';
import { Icon } from '../chat/icons.tsx';
import { useSnapshot } from '../chat/use-snapshot.ts';
import type { DemoConfig } from './demo-config.ts';
import { DeveloperPanel } from './developer-panel.tsx';
import { PageHeader } from './page-header.tsx';
import { PanelDialog } from './panel-dialog.tsx';
import { useMediaQuery } from './use-media-query.ts';

/** The demo for one configuration. The conversation is found again after a reload. */
export function DemoChat({ config }: { config: DemoConfig }): JSX.Element {
  const endpoint = useMemo(() => ({ ...config, host: location.hostname }), [config]);
  const client = useDemoClient(endpoint);
  const snapshot = useSnapshot(client);
  const calls = useCalls(client, config);
  const isWide = useMediaQuery('(min-width: 64rem)');
  const [isPanelOpen, setIsPanelOpen] = useState(false);
  const panel = (
    <DeveloperPanel
      endpoint={endpoint}
      canSay={snapshot.status !== 'ended'}
      onSay={(text) => {
        setIsPanelOpen(false);
        client.sendText(text);
      }}
    />
  );
  return (
    <>
      <PageHeader badge={connectionBadge(snapshot)}>
        {!isWide && (
          <button type="button" class="quiet-button" aria-haspopup="dialog" onClick={() => setIsPanelOpen(true)}>
            <Icon name="code" />
            <span class="button-label">Developers</span>
          </button>
        )}
      </PageHeader>
      <main class="page-main">
        <Chat client={client} snapshot={snapshot} agentName={config.agentName} calls={calls} />
        {isWide && (
          <aside class="page-side" aria-label="For developers">
            {panel}
          </aside>
        )}
      </main>
      {!isWide && isPanelOpen && <PanelDialog onClose={() => setIsPanelOpen(false)}>{panel}</PanelDialog>}
    </>
  );
}

function useDemoClient({ baseUrl, token, host }: { baseUrl: string; token: string; host: string }): ParleyClient {
  const client = useMemo(
    () => createParleyClient({ baseUrl, token, host, storage: sessionStorage }),
    [baseUrl, token, host],
  );
  useEffect(() => {
    client.start();
    return () => client.close();
  }, [client]);
  return client;
}

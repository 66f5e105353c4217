// The demo page: finds out whether there is a demo, then shows it.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DemoChat } from './demo-chat.tsx';
import { loadDemoConfig } from './demo-config.ts';
import type { DemoState } from './demo-config.ts';
import { PageHeader } from './page-header.tsx';

/** The page in all its states. */
export function DemoPage(): JSX.Element {
  const [demo, setDemo] = useState<DemoState>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isWanted = true;
    void loadDemoConfig(fetch, location.origin).then((state) => isWanted && setDemo(state));
    return () => {
      isWanted = false;
    };
  }, [attempt]);

  if (typeof demo === 'object') return <DemoChat config={demo} />;
  return (
    <>
      <PageHeader />
      <main class="page-message" id="chat" tabIndex={-1}>
        {demo === 'off' && <DemoOff />}
        {demo === 'unreachable' && <Unreachable onRetry={() => setAttempt(attempt + 1)} />}
      </main>
    </>
  );
}

function DemoOff(): JSX.Element {
  return (
    <>
      <h2>The demo is off</h2>
      <p>
        This server runs in production, where there is no demo agent. Its API is at <code>/api/v1</code> and{' '}
        <code>/ws</code>.
      </p>
    </>
  );
}

function Unreachable({ onRetry }: { onRetry: () => void }): JSX.Element {
  return (
    <>
      <h2>The server does not answer</h2>
      <p>It may be starting just now.</p>
      <button type="button" class="main-button" onClick={onRetry}>
        Try again
      </button>
    </>
  );
}

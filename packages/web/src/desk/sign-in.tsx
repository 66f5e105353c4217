// Signing in: by name and password, by a token, or in the demo by one click.
import type { DeskClient, DeskCredentials, DeskSignInOutcome } from '@parley/client';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';
import { useNow } from '../chat/use-now.ts';
import { Logo } from '../demo/page-header.tsx';
import { ThemeToggle } from '../demo/theme-toggle.tsx';
import { demoDeskToken, hasDemo } from './demo-sign-in.ts';
import { signInProblemText } from './model/sign-in-text.ts';

type Refusal = Extract<DeskSignInOutcome, { ok: false }> & { untilMs: number };

interface SignInProps {
  client: DeskClient;
  /** Somebody was at work here, and the sign-in is over. */
  wasSignedIn: boolean;
}

/** The page for those who aren't signed in. */
export function SignIn({ client, wasSignedIn }: SignInProps): JSX.Element {
  const [byToken, setByToken] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const nowMs = useNow(refusal !== undefined && refusal.untilMs > 0);
  const waitMs = Math.max(0, (refusal?.untilMs ?? 0) - nowMs);
  const firstField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Sign in · Parley desk';
  }, []);
  useEffect(() => firstField.current?.focus(), [byToken]);

  async function signIn(credentials: DeskCredentials): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    const outcome = await client.signIn(credentials);
    setIsBusy(false);
    if (outcome.ok) return;
    const { retryAfterMs } = outcome;
    setRefusal({ ...outcome, untilMs: retryAfterMs === null ? 0 : Date.now() + retryAfterMs });
  }

  return (
    <main class="sign-in">
      <div class="sign-in-theme">
        <ThemeToggle />
      </div>
      <form
        class="sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn(credentialsIn(event.currentTarget));
        }}
      >
        <Logo />
        <h1 class="sign-in-title">Parley desk</h1>
        <p class="sign-in-text">
          {wasSignedIn
            ? 'You are signed out. Sign in again to go on.'
            : 'Sign in to answer those who would like to talk to a person.'}
        </p>
        {byToken ? (
          <label class="field">
            Sign-in token
            <input ref={firstField} name="token" type="password" required autocomplete="off" />
          </label>
        ) : (
          <>
            <label class="field">
              Name
              <input
                ref={firstField}
                name="id"
                required
                autocomplete="username"
                autocapitalize="none"
                spellcheck={false}
              />
            </label>
            <label class="field">
              Password
              <input name="password" type="password" required autocomplete="current-password" />
            </label>
          </>
        )}
        <p class="sign-in-problem" role="alert">
          {refusal && (
            <>
              <Icon name="alert" />
              <span>{signInProblemText(refusal.problem, waitMs)}</span>
            </>
          )}
        </p>
        <button type="submit" class="main-button sign-in-button" disabled={isBusy || waitMs > 0}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
        <button
          type="button"
          class="link-button sign-in-other"
          onClick={() => {
            setByToken(!byToken);
            setRefusal(undefined);
          }}
        >
          {byToken ? 'Use name and password' : 'Use a sign-in token'}
        </button>
        <DemoHint onSignIn={() => void signIn({ token: demoDeskToken })} />
      </form>
    </main>
  );
}

function credentialsIn(form: HTMLFormElement): DeskCredentials {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return data.has('token') ? { token: text('token').trim() } : { id: text('id').trim(), password: text('password') };
}

function DemoHint({ onSignIn }: { onSignIn: () => void }): JSX.Element | null {
  const [isDemo, setIsDemo] = useState(false);
  useEffect(() => {
    let isWanted = true;
    void hasDemo(fetch).then((answer) => isWanted && setIsDemo(answer));
    return () => {
      isWanted = false;
    };
  }, []);
  if (!isDemo) return null;
  return (
    <aside class="sign-in-demo" aria-label="Demo">
      <p>
        This is the demo. Its token is <code>{demoDeskToken}</code>.
      </p>
      <button type="button" class="quiet-button" onClick={onSignIn}>
        Sign in to the demo
      </button>
    </aside>
  );
}

// What the desk asks over HTTP: signing in and out, and who is signed in. Everything else goes over the feed.
import { decodeDeskError, decodeDeskSignedIn, deskHeader, encodeDeskSignIn } from '@parley/protocol';
import type { DeskProblem } from '@parley/protocol';
import type { Time } from '../ports/time.ts';

/** What somebody signs in with. */
export type DeskCredentials = { id: string; password: string } | { token: string };

/** How a sign-in went. `retryAfterMs`: there were too many tries. */
export type DeskSignInOutcome = { ok: true } | { ok: false; problem: DeskProblem; retryAfterMs: number | null };

export interface DeskApiOptions {
  /** Origin of the server, without a path: `https://chat.example.com`. Empty: the page's own. */
  baseUrl: string;
  /** How a sign-in is held: by a cookie, as in browsers, or by a token that this client keeps in memory. */
  session: 'cookie' | 'token';
  fetch: typeof globalThis.fetch;
  time: Time;
}

/** The REST side of the desk. */
export interface DeskApi {
  signIn(credentials: DeskCredentials): Promise<DeskSignInOutcome>;
  signOut(): Promise<void>;
  check(): Promise<'signed-in' | 'signed-out' | 'no-answer'>;
  /** The token of the sign-in; undefined when a cookie holds it, or nobody is signed in. */
  readonly token: string | undefined;
}

const TIMEOUT_MS = 10_000;
const noAnswer: DeskProblem = { code: 'UNREACHABLE', message: 'The server cannot be reached.', by: null };

/** A client of the REST endpoints at `baseUrl`. */
export function createDeskApi(options: DeskApiOptions): DeskApi {
  const { fetch, time, session } = options;
  const base = `${options.baseUrl.replace(/\/+$/, '')}/api/v1/desk`;
  let token: string | undefined;

  return {
    get token() {
      return token;
    },

    async signIn(credentials) {
      const response = await call('POST', '/sign-in', encodeDeskSignIn({ ...credentials, session }));
      if (!response) return { ok: false, problem: noAnswer, retryAfterMs: null };
      if (response.status === 200) {
        const signedIn = decodeDeskSignedIn(response.body);
        token = signedIn === 'invalid' ? undefined : signedIn.token;
        return { ok: true };
      }
      const retryAfterMs = response.retryAfter === null ? null : Number(response.retryAfter) * 1000;
      return { ok: false, problem: decodeDeskError(response.body) ?? noAnswer, retryAfterMs };
    },

    async signOut() {
      await call('POST', '/sign-out', '');
      token = undefined;
    },

    async check() {
      if (session === 'token' && token === undefined) return 'signed-out';
      const response = await call('GET', '/me');
      if (response?.status === 200) return 'signed-in';
      return response?.status === 401 ? 'signed-out' : 'no-answer';
    },
  };

  async function call(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ status: number; body: string; retryAfter: string | null } | undefined> {
    const patience = new AbortController();
    const timer = time.after(TIMEOUT_MS, () => patience.abort());
    const headers: Record<string, string> = { Accept: 'application/json', [deskHeader]: '1' };
    if (token !== undefined) headers['Authorization'] = `Bearer ${token}`;
    try {
      const response = await fetch(base + path, {
        method,
        headers,
        signal: patience.signal,
        credentials: 'same-origin',
        ...(body !== undefined && { body }),
      });
      return {
        status: response.status,
        body: await response.text(),
        retryAfter: response.headers.get('Retry-After'),
      };
    } catch {
      return undefined;
    } finally {
      timer.cancel();
    }
  }
}

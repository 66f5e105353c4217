// The REST side of the protocol: an access token, a session, and the address of its socket.
import {
  decodeAccessTokenAnswer,
  decodeSessionAnswer,
  encodeAccessTokenRequest,
  encodeSessionRequest,
  restErrors,
  restErrorText,
} from '@parley/protocol';
import { failureOfStatus, notUnderstood, unreachable } from './api-failure.ts';
import type { ApiFailure } from './api-failure.ts';
import type { Time } from './ports/time.ts';

/** A session and the token that opens it. Together they are the key to the conversation. */
export interface Session {
  sessionId: string;
  accessToken: string;
}

/** Where the server is and who we are to it. */
export interface SessionApiOptions {
  /** Origin of the server, without a path: `https://chat.example.com`. */
  baseUrl: string;
  /** The connector's token. */
  token: string;
  /** The page's host, or an app's namespace; must be one the connector knows. */
  host: string;
  /** Whether answers shall come in pieces as they are written. */
  streaming: boolean;
  fetch: typeof globalThis.fetch;
  time: Time;
}

/** What the client asks the server over HTTP. */
export interface SessionApi {
  /** A new session, under a token of its own. */
  createSession(): Promise<{ session: Session } | { failure: ApiFailure }>;
  /** Whether a refused socket means that the session can't be reached any more; false when unsure. */
  isGone(session: Session): Promise<boolean>;
  /** The socket's address; replays what came after `cursor`. */
  socketUrl(session: Session, cursor: number): string;
}

type Answer = { body: string } | { failure: ApiFailure };

const TIMEOUT_MS = 10_000;
const GONE_TEXTS: ReadonlySet<string> = new Set([
  restErrors.sessionNotFound.text,
  restErrors.authenticationFailed.text,
]);

/** A client of the REST endpoints at `baseUrl`. */
export function createSessionApi(options: SessionApiOptions): SessionApi {
  const { fetch, time } = options;
  const base = options.baseUrl.replace(/\/+$/, '');

  return {
    async createSession() {
      const asked = await post(
        '/api/v1/access-token',
        { 'X-Token': options.token, 'X-Host': options.host },
        encodeAccessTokenRequest({}),
      );
      if ('failure' in asked) return asked;
      const token = decodeAccessTokenAnswer(asked.body);
      if (token === 'invalid') return { failure: notUnderstood };
      const created = await post(
        '/api/v1/sessions',
        { Authorization: `Bearer ${token.accessToken}` },
        encodeSessionRequest({ streamingEnabled: options.streaming, platform: 'web' }),
      );
      if ('failure' in created) return created;
      const session = decodeSessionAnswer(created.body);
      if (session === 'invalid') return { failure: notUnderstood };
      return { session: { sessionId: session.sessionId, accessToken: token.accessToken } };
    },

    async isGone(session) {
      // Without an upgrade the server answers as it would refuse the handshake.
      const answer = await call(`${base}/ws?${credentials(session)}`, {});
      return 'failure' in answer && GONE_TEXTS.has(answer.failure.message);
    },

    socketUrl(session, cursor) {
      const url = `${base.replace(/^http/, 'ws')}/ws?${credentials(session)}`;
      return cursor > 0 ? `${url}&cursor=${cursor}` : url;
    },
  };

  function post(path: string, headers: Record<string, string>, body: string): Promise<Answer> {
    const jsonHeaders = { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' };
    return call(base + path, { method: 'POST', headers: jsonHeaders, body });
  }

  async function call(url: string, request: RequestInit): Promise<Answer> {
    const patience = new AbortController();
    const timer = time.after(TIMEOUT_MS, () => patience.abort());
    try {
      const response = await fetch(url, { ...request, signal: patience.signal });
      const body = await response.text();
      if (response.ok) return { body };
      const { status, headers } = response;
      return { failure: failureOfStatus(status, restErrorText(body) ?? `HTTP ${status}`, headers.get('Retry-After')) };
    } catch {
      return { failure: unreachable };
    } finally {
      timer.cancel();
    }
  }
}

function credentials(session: Session): string {
  return new URLSearchParams({ access_token: session.accessToken, session_id: session.sessionId }).toString();
}

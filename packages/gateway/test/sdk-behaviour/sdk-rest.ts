// The two REST calls as the SDKs make them: headers in their letters, tokens checked, failures retried.
// Source: messaging spec, sections 1.1, 1.2, 1.6.
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { manners, pause, pauses } from './dialect.ts';
import type { Dialect } from './dialect.ts';

const ATTEMPTS = 4;
/** Tokens that live no longer are replaced at once, and the session's binding breaks. */
const REFRESH_BELOW_S = 300;
const DEFAULT_WAIT_S = 5;
const LONGEST_WAIT_S = 30;

/** A session as an SDK remembers it. */
export interface SdkSession {
  sessionId: string;
  accessToken: string;
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

/** A token and a session, the way the SDK comes by them. `url` is the gateway's. */
export async function obtainSession(url: string, dialect: Dialect): Promise<SdkSession> {
  const { host } = manners[dialect];
  const asked = { 'X-Token': 'parley-demo-token', 'X-Host': host };
  const granted = await called(`${url}/api/v1/access-token`, { dialect, headers: asked, body: {} });
  const accessToken = granted['access_token'];
  if (typeof accessToken !== 'string' || !isUsable(accessToken)) throw new Error('no token the SDK would take');
  if (typeof granted['expires_in'] !== 'number' || granted['expires_in'] <= REFRESH_BELOW_S) {
    throw new Error('the SDK would replace this token at once');
  }
  const platform = dialect;
  const created = await called(`${url}/api/v1/sessions`, {
    dialect,
    headers: { Authorization: `Bearer ${accessToken}`, 'User-Agent': manners[dialect].userAgent },
    body: { streaming_enabled: true, platform, device_type: 'mobile' },
  });
  const sessionId = created['session_id'];
  if (typeof sessionId !== 'string' || sessionId === '') throw new Error('Error creating session');
  return { sessionId, accessToken };
}

/** What the SDKs check of a token before they use it. */
export function isUsable(token: string): boolean {
  const parts = token.split('.');
  if (parts.length !== 3 || !/^[\w.-]+$/.test(token)) return false;
  const claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString()) as { exp?: unknown } | null;
  if (typeof claims !== 'object' || claims === null) return false;
  return claims.exp === undefined || (typeof claims.exp === 'number' && claims.exp > Date.now() / 1000 + 5);
}

async function called(
  url: string,
  { dialect, headers, body }: { dialect: Dialect; headers: Record<string, string>; body: object },
): Promise<Record<string, unknown>> {
  const { contentType, spelled } = manners[dialect];
  const all = {
    'Content-Type': contentType,
    Accept: 'application/json',
    'X-Polyai-Correlation-Id': spelled(randomUUID()),
    ...headers,
  };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await posted(url, all, JSON.stringify(body)).catch((error: unknown) => error as Error);
    const isLast = attempt === ATTEMPTS;
    if (answer instanceof Error) {
      if (isLast) throw answer;
      await pause(pauses.rest);
    } else if (answer.status >= 200 && answer.status < 300) {
      return JSON.parse(answer.body) as Record<string, unknown>;
    } else if (isLast || (answer.status < 500 && answer.status !== 429)) {
      throw new Error(`${answer.status} ${answer.body}`);
    } else {
      await pause(answer.status === 429 ? waitAsked(answer.retryAfter) * 1000 : pauses.rest);
    }
  }
}

/** Seconds. A date counts as nothing said. */
function waitAsked(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isNaN(seconds) ? DEFAULT_WAIT_S : Math.min(seconds, LONGEST_WAIT_S);
}

/** `fetch` would write every header in small letters. */
function posted(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body: text }),
      );
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

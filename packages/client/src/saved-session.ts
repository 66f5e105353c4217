// Remembers the session across page loads, so that a reload finds the conversation again.
import type { Storage } from './ports/storage.ts';
import type { Session } from './session-api.ts';

/** The one session a page is in. A storage that fails (full, forbidden) only costs the memory. */
export interface SavedSession {
  load(): Session | undefined;
  save(session: Session): void;
  forget(): void;
}

/** Keeps the session in `storage` under a key of its server, connector and host. */
export function savedSession(storage: Storage, of: { baseUrl: string; token: string; host: string }): SavedSession {
  const key = ['parley-session', of.baseUrl, of.token, of.host].join(' ');
  return {
    load: () => attempt(() => parse(storage.getItem(key))),
    save: (session) => attempt(() => storage.setItem(key, JSON.stringify(session))),
    forget: () => attempt(() => storage.removeItem(key)),
  };
}

function parse(text: string | null): Session | undefined {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { sessionId, accessToken } = value as Partial<Record<keyof Session, unknown>>;
  return typeof sessionId === 'string' && typeof accessToken === 'string' ? { sessionId, accessToken } : undefined;
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

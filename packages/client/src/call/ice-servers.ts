// Asks the server which STUN and TURN servers a call may use.
import { decodeIceServersAnswer, restErrorText } from '@parley/protocol';
import type { IceServer } from '@parley/protocol';
import type { Time } from '../ports/time.ts';
import type { Relay } from './call-problem.ts';

/** Whom to ask, and as whom. */
export interface IceServersRequest {
  /** Origin of the server. */
  baseUrl: string;
  /** The web-calling token. */
  token: string;
  fetch: typeof globalThis.fetch;
  time: Time;
}

/** The servers, or that the token isn't good. */
export type IceServersResult =
  | { servers: readonly IceServer[]; relay: Relay }
  | { refused: { reason: string; message: string } };

const TIMEOUT_MS = 5_000;

/** Without an answer a call is tried all the same, without servers: nobody else's are asked. Never rejects. */
export async function fetchIceServers({ baseUrl, token, fetch, time }: IceServersRequest): Promise<IceServersResult> {
  const patience = new AbortController();
  const timer = time.after(TIMEOUT_MS, () => patience.abort());
  try {
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
    const url = `${baseUrl.replace(/\/+$/, '')}/api/v1/ice-servers`;
    const response = await fetch(url, { headers, signal: patience.signal });
    const body = await response.text();
    if (response.status === 401) return refusal(body);
    const answer = response.ok ? decodeIceServersAnswer(body) : 'invalid';
    if (answer === 'invalid') return unknown;
    return { servers: answer.iceServers, relay: answer.iceServers.some(isRelay) ? 'offered' : 'missing' };
  } catch {
    return unknown;
  } finally {
    timer.cancel();
  }
}

const unknown: IceServersResult = { servers: [], relay: 'unknown' };

function refusal(body: string): IceServersResult {
  return { refused: { reason: 'UNAUTHORIZED', message: restErrorText(body) ?? 'The token was refused.' } };
}

function isRelay({ urls }: IceServer): boolean {
  return urls.some((url) => url.startsWith('turn'));
}

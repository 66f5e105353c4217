// A name that a backend vouches for: what people at the desk call a visitor of the demo page.
import { createHmac } from 'node:crypto';
import { decodeServerFrame, encodeContextSubmission } from '@parley/protocol';
import type { DemoChat } from './demo-chat.ts';

/** A key of the connector's. */
export interface ContextKey {
  kid: string;
  secret: string;
}

interface Session {
  sessionId: string;
  accessToken: string;
}

/** Gives the visitor a name, once their conversation has begun. `origin`: where the gateway is. */
export async function nameVisitor(
  { page }: DemoChat,
  { name, origin, key }: { name: string; origin: string; key: ContextKey },
): Promise<void> {
  const saved = await page.evaluate(() =>
    Object.entries(sessionStorage).find(([at]) => at.startsWith('parley-session')),
  );
  const session = JSON.parse(saved?.[1] ?? '') as Session;
  const contextId = await contextIdOf(session, origin);
  const answer = await fetch(`${origin}/api/v1/sessions/${session.sessionId}/context`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.accessToken}` },
    body: encodeContextSubmission({ token: contextToken(contextId, { name, key }) }),
  });
  if (answer.status !== 204) throw new Error(await answer.text());
}

/** What the session tells its clients first. */
async function contextIdOf({ sessionId, accessToken }: Session, origin: string): Promise<string> {
  const query = new URLSearchParams({ session_id: sessionId, access_token: accessToken });
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws?${query.toString()}`);
  const { data } = await new Promise<MessageEvent>((resolve) => {
    socket.addEventListener('message', resolve, { once: true });
  });
  socket.close();
  const [first] = decodeServerFrame(String(data)) ?? [];
  if (first?.event.type !== 'session-start') throw new Error('a session begins with its start');
  return first.event.contextId ?? '';
}

function contextToken(contextId: string, { name, key }: { name: string; key: ContextKey }): string {
  const iat = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'HS256', kid: key.kid },
    { sub: contextId, iat, exp: iat + 30, ctx: { name } },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${createHmac('sha256', key.secret).update(signed).digest('base64url')}`;
}

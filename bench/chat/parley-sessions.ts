// Sessions on Parley, made the way any client makes them.
import type { RawData } from 'ws';
import { CONNECTOR_TOKEN } from '../parley-config.ts';
import { connect } from './chatters.ts';
import type { Chatter } from './chatters.ts';

/** Creates a session; answers the URL of its socket. */
export async function createSession(port: number, options: { streaming: boolean }): Promise<string> {
  const base = `http://127.0.0.1:${port}/api/v1`;
  const { access_token: token } = await post(`${base}/access-token`, {
    headers: { 'X-Token': CONNECTOR_TOKEN, 'X-Host': 'localhost' },
    body: {},
  });
  const { session_id: session } = await post(`${base}/sessions`, {
    headers: { Authorization: `Bearer ${token}` },
    body: { streaming_enabled: options.streaming },
  });
  return `ws://127.0.0.1:${port}/ws?session_id=${session}&access_token=${token}`;
}

/** Sessions in which a human has the floor, so that a message brings its echo and nothing else. */
export async function connectQueued(port: number, count: number): Promise<Chatter[]> {
  return gather(count, async () => {
    const chatter = await connect(await createSession(port, { streaming: false }));
    await sendAndAwait(chatter, '{"type":"EVENT_TYPE_REQUEST_POLY_AGENT_JOIN","payload":{}}', 'POLY_AGENT_MESSAGE"');
    await sendAndAwait(chatter, '{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":"human"}}', 'QUEUE_STATUS');
    return chatter;
  });
}

/** Sessions that are connected and silent. */
export function connectIdle(port: number, count: number): Promise<Chatter[]> {
  return gather(count, async () => connect(await createSession(port, { streaming: false })));
}

/** Sends a frame and waits for an event whose text contains `mark`. */
export async function sendAndAwait(chatter: Chatter, frame: string, mark: string): Promise<void> {
  const seen = new Promise<void>((resolve) => {
    chatter.socket.on('message', function look(data: RawData) {
      if (!(data as Buffer).includes(mark)) return;
      chatter.socket.off('message', look);
      resolve();
    });
  });
  chatter.socket.send(frame);
  await seen;
}

/** Makes `count` of something, twenty at a time. */
export async function gather<Made>(count: number, make: () => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  while (made.length < count) {
    const batch = Math.min(20, count - made.length);
    made.push(...(await Promise.all(Array.from({ length: batch }, make))));
  }
  return made;
}

async function post(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: object },
): Promise<Record<string, string>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
}

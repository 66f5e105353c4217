// The conversation in a session's journal, read by a client that knows nothing else, for comparison with what SDKs show.
import { WireClient } from '../wire-client.ts';
import type { WireEvent } from '../wire-client.ts';
import type { Bubble } from './sdk-chat.ts';
import type { SdkSession } from './sdk-rest.ts';

/** Reads a whole journal over a fresh socket. */
export async function journalOf(url: string, { sessionId, accessToken }: SdkSession): Promise<WireEvent[]> {
  const query = new URLSearchParams({ session_id: sessionId, access_token: accessToken });
  const client = await WireClient.open(`${url.replace('http', 'ws')}/ws?${query.toString()}`);
  await client.settle();
  client.drop();
  return client.journaled;
}

/** Who said what, by a journal. */
export function saidIn(journal: readonly WireEvent[]): string[] {
  const lines = new Map<string, string>();
  for (const { type, payload } of journal) {
    if (type === 'EVENT_TYPE_USER_MESSAGE') lines.set(payload.message_id, `user: ${payload.text}`);
    if (type === 'EVENT_TYPE_LIVE_AGENT_MESSAGE') lines.set(payload.message_id, `human: ${payload.text}`);
    if (type === 'EVENT_TYPE_POLY_AGENT_MESSAGE' && payload.text !== '') {
      lines.set(payload.message_id, `agent: ${payload.text}`);
    }
    if (type === 'EVENT_TYPE_POLY_AGENT_MESSAGE_CHUNK') {
      lines.set(payload.message_id, `${lines.get(payload.message_id) ?? 'agent: '}${payload.text}`);
    }
  }
  return [...lines.values()].map(asRendered);
}

/** Who said what, by an SDK. What its user was told to have failed isn't there. */
export function saidOn(bubbles: readonly Bubble[]): string[] {
  return bubbles.filter(({ state }) => state !== 'failed').map(({ who, text }) => asRendered(`${who}: ${text}`));
}

/** Rendered Markdown shows one space where several stand. */
function asRendered(line: string): string {
  return line.replaceAll(/\s+/g, ' ').trim();
}

/** Lines of each speaker in their order: a client shows what it sent before it knows what came in between. */
export function saidBy(lines: readonly string[]): Record<string, string[]> {
  const said = (who: string): string[] => lines.filter((line) => line.startsWith(`${who}: `));
  return { user: said('user'), agent: said('agent'), human: said('human') };
}

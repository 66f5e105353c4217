// Replies in chunks: against the same replies in one piece, and across sockets that break in the middle.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatAgent } from '../src/agents/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { isOfType } from './wire-client.ts';
import type { WireClient, WireEvent } from './wire-client.ts';

const REPLIES: Record<string, string> = {
  greeting: 'Hello. I am here.',
  'a word': 'Yes',
  sentences:
    'One sentence. Another one! A third?\n\nAnd a paragraph, with *emphasis* and [a link](https://example.com/a b).',
  list: 'These:\n\n- first item. With a full stop.\n- second item\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  code: 'Look:\n\n```js\nconst a = 1; // one. two.\n\nconst b = 2;\n```\n\nDone.',
  'far away': '你好。世界！这是一个，很长的句子。👩‍🚀 ünïcödé — “quoted.” \u{1F469}\u200D\u{1F680}',
  long: 'Words and words without any end, '.repeat(60).trim(),
  space: '  leading, and trailing  \n ',
};

/** What the agent waits for before it says more, given what it has said; nothing unless a test wants it. */
let beforeMore: ((said: string) => Promise<void>) | undefined;

/** Speaks one letter at a time. */
const agent: ChatAgent = {
  async *respond({ input }) {
    const key = input.kind === 'message' ? input.text : 'greeting';
    let said = '';
    for (const letter of REPLIES[key] ?? '') {
      yield { kind: 'text', text: letter };
      said += letter;
      await beforeMore?.(said);
    }
    yield { kind: 'suggestions', suggestions: [{ messageText: 'More' }] };
  },
};

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({ agents: { demo: agent }, sessions: { chunkIntervalMs: 0 } });
});

afterAll(() => parley.gateway.close());

const isChunk = isOfType('POLY_AGENT_MESSAGE_CHUNK');
const isWhole = isOfType('POLY_AGENT_MESSAGE');

function isCompleting(event: WireEvent): boolean {
  return isWhole(event) || (isChunk(event) && event.payload.is_complete);
}

/** What the agent says, by the journal: its messages' texts in order. */
function textsOf(events: readonly WireEvent[]): string[] {
  const texts = new Map<string, string>();
  for (const { payload } of events.filter((event) => isChunk(event) || isWhole(event))) {
    texts.set(payload.message_id, (texts.get(payload.message_id) ?? '') + (payload.text as string));
  }
  return [...texts.values()];
}

async function talk(body: { streaming_enabled: boolean }): Promise<WireClient> {
  const { client } = await parley.chat(body);
  client.send('REQUEST_POLY_AGENT_JOIN');
  await client.next(isCompleting);
  for (const text of Object.keys(REPLIES).slice(1)) {
    client.send('USER_MESSAGE', { text });
    await client.next(isCompleting);
  }
  return client;
}

describe('an agent’s texts', () => {
  it('MSG-081 come in chunks only where the session streams, and never where it does not', async () => {
    const [streamed, whole] = await Promise.all([true, false].map((each) => talk({ streaming_enabled: each })));
    expect(streamed?.events.some(isWhole)).toBe(false);
    expect(streamed?.events.filter(isChunk).length).toBeGreaterThan(Object.keys(REPLIES).length);
    expect(whole?.events.some(isChunk)).toBe(false);
    expect(whole?.events.filter(isWhole)).toHaveLength(Object.keys(REPLIES).length);
  });

  it('MSG-083 are the same in chunks and whole, to the letter', async () => {
    const [streamed, whole] = await Promise.all([true, false].map((each) => talk({ streaming_enabled: each })));
    expect(textsOf(whole?.events ?? [])).toEqual(Object.values(REPLIES));
    expect(textsOf(streamed?.events ?? [])).toEqual(Object.values(REPLIES));
  });

  it('MSG-082 MSG-084 MSG-085 have chunks with an index from 1, both lists, and one that completes', async () => {
    const { events } = await talk({ streaming_enabled: true });
    const messages = Map.groupBy(events.filter(isChunk), ({ payload }) => payload.message_id as string);
    for (const chunks of messages.values()) {
      expect(chunks.map(({ payload }) => payload.chunk_index as number)).toEqual(chunks.map((_, index) => index + 1));
      expect(chunks.map(({ payload }) => payload.is_complete as boolean)).toEqual(
        chunks.map((_, index) => index === chunks.length - 1),
      );
      for (const { payload, sequence } of chunks) {
        expect(sequence).toBeTypeOf('number');
        expect(payload).toMatchObject({
          text: expect.any(String),
          attachments: [],
          response_suggestions: payload.is_complete ? [{ message_text: 'More' }] : [],
        });
      }
      // Nothing in between: the chunks of a message follow one another in the journal.
      const [first] = chunks;
      expect(chunks.map(({ sequence }) => sequence)).toEqual(chunks.map((_, index) => (first?.sequence ?? 0) + index));
    }
  });
});

describe('a socket that breaks in the middle of a reply', () => {
  it.each(['One ', 'One sentence. ', 'One sentence. Another one! '])(
    'MSG-086 is followed by one that shows the rest: after %j',
    async (half) => {
      let goOn = (): void => {};
      const resumed = new Promise<void>((resolve) => (goOn = resolve));
      beforeMore = (said) => (said === half ? resumed : Promise.resolve());
      const { client, token, sessionId } = await parley.chat({ streaming_enabled: true });
      client.send('REQUEST_POLY_AGENT_JOIN');
      client.send('USER_MESSAGE', { text: 'sentences' });
      await client.next(() => textsOf(client.events).at(-1) === half);
      client.drop();
      await client.closed;

      const seen = client.journaled;
      const cursor = String(seen.at(-1)?.sequence);
      const connecting = parley.connect({ session_id: sessionId, access_token: token, cursor });
      goOn();
      const again = await connecting;
      await again.next(isCompleting);
      const all = [...seen, ...again.journaled];
      expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
      expect(textsOf(all)).toEqual([REPLIES['greeting'], REPLIES['sentences']]);
      await again.close();
    },
  );
});

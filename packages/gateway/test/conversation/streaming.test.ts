// How an answer reaches a session that streams, and one that doesn't.
import { describe, expect, it } from 'vitest';
import type { Piece } from '../../src/agents/index.ts';
import { conversationHouse, settle } from './conversation-house.ts';
import type { Conversation } from './conversation-house.ts';

const callActions: Piece = {
  kind: 'call-actions',
  callActions: [{ title: 'Call us', contactNumber: '+441632960000' }],
};

/** The agent's texts: those of messages, and those of chunks. */
function texts({ events }: Conversation): { whole: string[]; chunks: string[] } {
  return {
    whole: events.flatMap(({ event }) => (event.type === 'poly-agent-message' ? [event.text] : [])),
    chunks: events.flatMap(({ event }) => (event.type === 'poly-agent-message-chunk' ? [event.text] : [])),
  };
}

/** A conversation in which the agent has answered once. */
async function answered(streaming: boolean, ...pieces: (Piece | string)[]): Promise<Conversation> {
  const house = await conversationHouse();
  const conversation = await house.greeted({ streaming });
  await conversation.say('Tell me.');
  for (const piece of pieces) {
    house.agent.turn.say(piece);
    await settle();
    house.time.advance(10);
  }
  house.agent.turn.finish();
  await settle();
  return conversation;
}

describe('an answer', () => {
  it('MSG-081 is chunks in a session that streams, the greeting too, and never in another', async () => {
    const story = ['Once upon a time ', 'there was a fox. ', 'It was red.'];
    const streamed = texts(await answered(true, ...story));
    expect(streamed.whole).toEqual([]);
    expect(streamed.chunks.length).toBeGreaterThan(3);
    const whole = texts(await answered(false, ...story));
    expect(whole.chunks).toEqual([]);
  });

  it('MSG-083 has the same text either way', async () => {
    const story = 'Once upon a time. There was a fox! Was it **red, really**? See https://parley.test/fox. '.repeat(5);
    const pieces = story.split(/(?=[aeiou])/);
    const streamed = texts(await answered(true, ...pieces));
    const whole = texts(await answered(false, ...pieces));
    expect(whole.whole[1]).toBe(story);
    expect(streamed.chunks.slice(1).join('')).toBe(story);
  });

  it('has its call actions in a message of their own where it streams', async () => {
    const conversation = await answered(true, 'Call us.', callActions);
    expect(conversation.lines.slice(-2)).toEqual(['7 poly-agent-message-chunk', '8 poly-agent-message']);
    expect(conversation.events.at(-1)).toMatchObject({ event: { text: '', chatCallActions: [{ title: 'Call us' }] } });
    const whole = await answered(false, 'Call us.', callActions);
    expect(whole.events.at(-1)).toMatchObject({ event: { text: 'Call us.', chatCallActions: [{ title: 'Call us' }] } });
  });
});

describe('chunks', () => {
  it('leave at once, then at most as often as they may, without waiting for the agent', async () => {
    const house = await conversationHouse({ chunkIntervalMs: 100 });
    const conversation = await house.greeted({ streaming: true });
    await conversation.say('Tell me.');
    conversation.news();
    house.agent.turn.say('One. ');
    await settle();
    expect(conversation.news()).toEqual(['6 poly-agent-message-chunk']);
    house.agent.turn.say('Two. ', 'Three. ');
    await settle();
    house.time.advance(99);
    await settle();
    expect(conversation.news()).toEqual([]);
    house.time.advance(1);
    await settle();
    expect(conversation.news()).toEqual(['7 poly-agent-message-chunk']);
    expect(texts(conversation).chunks.at(-1)).toBe('Two. Three. ');
  });

  it('MSG-086 that were missed are in the journal, for who comes back with a cursor', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted({ streaming: true });
    await conversation.say('Tell me.');
    for (const text of ['One. ', 'Two. ', 'Three.']) {
      house.agent.turn.say(text);
      await settle();
      house.time.advance(50);
    }
    house.agent.turn.finish();
    await settle();
    const missed = await house.store.replay(conversation.session.info.id, { after: 6, limit: 10 });
    const chunks = missed.map((text) => (JSON.parse(text) as { payload: Record<string, unknown> }).payload);
    expect(chunks).toMatchObject([
      { text: 'Two. ', chunk_index: 2, is_complete: false },
      { text: 'Three.', chunk_index: 3, is_complete: true },
    ]);
  });
});

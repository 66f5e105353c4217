import type { Envelope } from '@parley/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentJoined,
  agentMessage,
  chunk,
  journaled,
  sessionStart,
  transient,
  userMessage,
} from '../../test/events.ts';
import { emptyJournal, receive } from './journal.ts';
import type { Journal } from './journal.ts';

const story: readonly Envelope[] = [
  sessionStart,
  { type: 'request-poly-agent-join' } as const,
  agentJoined,
  chunk('m1', 1, 'Welcome '),
  chunk('m1', 2, 'to the shop.', true),
  userMessage('u1', 'A human, please'),
  { type: 'poly-agent-triggered-handoff' } as const,
  { type: 'live-agent-joined', agent: { id: 'a1', name: 'Grace' } } as const,
  { type: 'language-changed', languageCode: 'fr-FR' } as const,
  agentMessage('m2', 'Bonjour'),
].map((event, index) => journaled(index + 1, event));

const inOrder = story.reduce(receive, emptyJournal);

describe('journal', () => {
  it('an event that comes twice counts once', () => {
    const last = story.at(-1);
    expect(last && receive(inOrder, last)).toBe(inOrder);
  });

  it('whatever the order, and however often events come, the timeline is that of the journal', () => {
    const arrivals = fc
      .tuple(fc.shuffledSubarray([...story], { minLength: story.length }), fc.array(fc.constantFrom(...story)))
      .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }));
    fc.assert(
      fc.property(arrivals, (events) => {
        expect(events.reduce(receive, emptyJournal)).toEqual(inOrder);
      }),
    );
  });

  it('a system message keeps its place when an earlier event comes late', () => {
    const system = { type: 'system-message', message: 'Sorry', level: 'SYSTEM_MESSAGE_LEVEL_ERROR' } as const;
    const [first, second, third] = [1, 2, 3].map((n) => journaled(n, userMessage(`u${n}`, `Message ${n}`)));
    const arrivals = [first!, third!, transient('t1', system), second!];
    const { timeline } = arrivals.reduce<Journal>(receive, emptyJournal);
    const texts = timeline.items.map((item) => ('text' in item ? item.text : ''));
    expect(texts).toEqual(['Message 1', 'Message 2', 'Message 3', 'Sorry']);
  });

  it('keeps no heartbeats', () => {
    expect(receive(inOrder, transient('t1', { type: 'heartbeat' }))).toBe(inOrder);
  });

  it('remembers the highest sequence as the cursor', () => {
    expect(inOrder.lastSequence).toBe(story.length);
  });
});

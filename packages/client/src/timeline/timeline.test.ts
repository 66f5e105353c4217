import type { Envelope, EventOf } from '@parley/protocol';
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
import { applyEvent, emptyTimeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';

const link = {
  title: 'Locations',
  contentUrl: 'https://example.com/locations',
  contentType: 'ATTACHMENT_CONTENT_TYPE_URL',
} as const;

function fold(events: readonly Envelope[]): Timeline {
  return events.reduce(applyEvent, emptyTimeline);
}

function foldInOrder(...events: Parameters<typeof journaled>[1][]): Timeline {
  return fold(events.map((event, index) => journaled(index + 1, event)));
}

function texts(timeline: Timeline): unknown[] {
  return timeline.items.map((item) => ('text' in item ? item.text : item.event.type));
}

describe('messages', () => {
  it('a whole conversation stands in order', () => {
    const timeline = foldInOrder(sessionStart, agentJoined, agentMessage('m1', 'Hi'), userMessage('u1', 'Hello'));
    expect(texts(timeline)).toEqual(['poly-agent-joined', 'Hi', 'Hello']);
    expect(timeline.agent).toMatchObject({ kind: 'agent', name: 'Ada' });
    expect(timeline.capabilities?.heartbeatIntervalSeconds).toBe(30);
  });

  it('pieces grow into one message, complete with the last', () => {
    const begun = foldInOrder(chunk('m1', 1, 'Wel'), chunk('m1', 2, 'come'));
    expect(begun.items).toMatchObject([{ text: 'Welcome', complete: false }]);
    const whole = applyEvent(begun, journaled(3, chunk('m1', 3, '!', true)));
    expect(whole.items).toMatchObject([{ text: 'Welcome!', complete: true }]);
  });

  it('a message that is being written goes on where it began, though the user spoke meanwhile', () => {
    const timeline = foldInOrder(chunk('m1', 1, 'One '), userMessage('u1', 'Wait'), chunk('m1', 2, 'two', true));
    expect(texts(timeline)).toEqual(['One two', 'Wait']);
  });

  it('a piece of another message completes the one before', () => {
    const timeline = foldInOrder(chunk('m1', 1, 'One'), chunk('m2', 1, 'Two'));
    expect(timeline.items).toMatchObject([
      { text: 'One', complete: true },
      { text: 'Two', complete: false },
    ]);
  });

  it('messages without any content are left out', () => {
    expect(foldInOrder(agentMessage('m1', '')).items).toEqual([]);
    expect(foldInOrder(chunk('m2', 1, ''), chunk('m2', 2, '', true)).items).toEqual([]);
    expect(foldInOrder(chunk('m3', 1, '', true)).items).toEqual([]);
  });

  it('call actions alone are content', () => {
    const chatCallActions = [{ title: 'Call us', contactNumber: '+441234567890' }];
    const timeline = foldInOrder({ ...agentMessage('m1', ''), chatCallActions });
    expect(timeline.items).toMatchObject([{ callActions: chatCallActions }]);
  });

  it('an attachment that comes with several pieces is shown once', () => {
    const first = { ...chunk('m1', 1, 'See'), attachments: [link] };
    const second = { ...chunk('m1', 2, '', true), attachments: [link] };
    expect(foldInOrder(first, second).items).toMatchObject([{ attachments: [link] }]);
  });

  it('a message says itself who speaks; pieces speak for the agent that joined', () => {
    const timeline = foldInOrder(agentJoined, { ...agentMessage('m1', 'Hi'), agentName: 'Mira' }, chunk('m2', 1, 'Hi'));
    expect(timeline.items.slice(1)).toMatchObject([{ speaker: { name: 'Mira' } }, { speaker: { name: 'Ada' } }]);
  });

  it('a draft and its echo have the same key', () => {
    const echo = journaled(1, userMessage('u1', 'Hello'), { client_event_id: 'L1' });
    expect(fold([echo]).items[0]?.key).toBe('L1');
  });

  it('two messages under one client id have two keys', () => {
    const custom = { client_event_id: 'draft' };
    const timeline = fold([journaled(1, userMessage('u1', 'A'), custom), journaled(2, userMessage('u2', 'B'), custom)]);
    expect(new Set(timeline.items.map((item) => item.key)).size).toBe(2);
  });
});

describe('suggestions', () => {
  const offer = { ...agentMessage('m1', 'Hi'), responseSuggestions: [{ messageText: 'Opening hours' }] };

  it('stay until the user says something', () => {
    const offered = foldInOrder(offer, agentMessage('m2', 'Anything else?'));
    expect(offered.suggestions).toEqual([{ messageText: 'Opening hours' }]);
    expect(applyEvent(offered, journaled(3, userMessage('u1', 'No'))).suggestions).toEqual([]);
  });

  it('are replaced by the next ones', () => {
    const timeline = foldInOrder(offer, { ...offer, messageId: 'm2', responseSuggestions: [{ messageText: 'Bye' }] });
    expect(timeline.suggestions).toEqual([{ messageText: 'Bye' }]);
  });
});

describe('hand-off', () => {
  const triggered = { type: 'poly-agent-triggered-handoff' } as const;
  const accepted = { type: 'handoff-accepted', queueName: 'General Support' } as const;
  const grace = { type: 'live-agent-joined', agent: { id: 'a1', name: 'Grace' } } as const;

  it('MSG-087 is followed from the request to the person', () => {
    const requested = foldInOrder(triggered, { type: 'poly-agent-left' });
    expect(requested.handoff).toEqual({ at: 'requested' });
    const queued = [
      journaled(3, accepted),
      journaled(4, { type: 'handoff-queue-status', positionInQueue: 2, estimatedWaitSeconds: 90 }),
    ].reduce(applyEvent, requested);
    expect(queued.handoff).toEqual({
      at: 'queued',
      queueName: 'General Support',
      positionInQueue: 2,
      estimatedWaitSeconds: 90,
    });
    expect(applyEvent(queued, journaled(5, grace)).handoff).toMatchObject({ at: 'live', person: { name: 'Grace' } });
  });

  it('MSG-090 a person speaks under the name they joined with', () => {
    const message: EventOf<'live-agent-message'> = {
      type: 'live-agent-message',
      messageId: 'm1',
      agentId: 'a1',
      text: 'Hello',
      attachments: [],
      responseSuggestions: [],
    };
    const timeline = foldInOrder(grace, message);
    expect(timeline.items[1]).toMatchObject({ speaker: { kind: 'person', id: 'a1', name: 'Grace' } });
  });

  it('MSG-092 a person who leaves is named, and the hand-off is over', () => {
    const timeline = foldInOrder(grace, { type: 'live-agent-left' });
    expect(timeline.items[1]).toMatchObject({ event: { type: 'live-agent-left' }, speaker: { name: 'Grace' } });
    expect(timeline.handoff).toEqual({ at: 'none' });
  });

  it('MSG-093 a client-managed hand-off says where to go', () => {
    const elsewhere = { reason: 'COMPLEX_QUERY', queueName: 'Support Queue', route: 'https://desk.example' } as const;
    const timeline = foldInOrder(
      triggered,
      { type: 'client-handoff-required', ...elsewhere },
      { type: 'poly-agent-left' },
    );
    expect(timeline.handoff).toEqual({ at: 'elsewhere', ...elsewhere });
  });

  it.each(['handoff-failed', 'handoff-timeout'] as const)('MSG-094 MSG-095 %s is told and over', (type) => {
    const timeline = foldInOrder(triggered, accepted, { type });
    expect(timeline.handoff).toEqual({ at: 'none' });
    expect(timeline.items.at(-1)).toMatchObject({ kind: 'notice', event: { type } });
  });

  it('the agent that takes the conversation back ends it', () => {
    expect(foldInOrder(grace, agentJoined).handoff).toEqual({ at: 'none' });
  });
});

describe('a call', () => {
  it('messages say whether they were said aloud, by keys, or written', () => {
    const { items } = fold([
      journaled(1, userMessage('u1', 'Opening hours'), { channel: 'voice' }),
      journaled(2, chunk('m1', 1, 'We are open'), { channel: 'voice' }),
      journaled(3, chunk('m1', 2, ' from nine.', true), { channel: 'voice' }),
      journaled(4, userMessage('u2', '0'), { channel: 'voice', input: 'dtmf' }),
      journaled(5, userMessage('u3', 'Thanks'), { channel: 'webchat' }),
    ]);
    expect(items.map((item) => 'saidBy' in item && item.saidBy)).toEqual(['voice', 'voice', 'keys', false]);
  });
});

describe('language, system, end', () => {
  it('a change of language is told once', () => {
    const french = { type: 'language-changed', languageCode: 'fr-FR' } as const;
    const timeline = foldInOrder(french, french);
    expect(timeline.languageCode).toBe('fr-FR');
    expect(timeline.items).toHaveLength(1);
  });

  it('system messages stand where they arrived', () => {
    const message = { type: 'system-message', message: 'Sorry', level: 'SYSTEM_MESSAGE_LEVEL_ERROR' } as const;
    const timeline = fold([journaled(1, userMessage('u1', 'Hi')), transient('t1', message)]);
    expect(timeline.items[1]).toMatchObject({ kind: 'system-notice', text: 'Sorry' });
  });

  it('the end completes what is being written and takes suggestions away', () => {
    const offer = { ...agentMessage('m1', 'Hi'), responseSuggestions: [{ messageText: 'More' }] };
    const timeline = foldInOrder(offer, chunk('m2', 1, 'Good'), { type: 'session-end', reason: 'REASON_NATURAL_END' });
    expect(timeline).toMatchObject({ end: 'REASON_NATURAL_END', suggestions: [] });
    expect(timeline.items[1]).toMatchObject({ text: 'Good', complete: true });
  });
});

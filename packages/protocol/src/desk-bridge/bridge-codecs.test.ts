import { describe, expect, it } from 'vitest';
import { decodeBridgeAnswer, encodeBridgeAnswer } from './index.ts';
import { decodeBridgeDelivery, decodeBridgeEvent, encodeBridgeDelivery, encodeBridgeEvent } from './index.ts';
import type { BridgeDelivery, BridgeEvent, BridgeLine } from './index.ts';

const of = { id: 'e1', caseId: 'c1' };
const events: BridgeEvent[] = [
  { type: 'accepted', ...of, queueName: 'General' },
  { type: 'queue', ...of, positionInQueue: 2, estimatedWaitSeconds: 60 },
  { type: 'joined', ...of, agent: { id: 'h1', name: 'Grace', avatarUrl: 'https://parley.test/g.png' } },
  { type: 'typing', ...of, state: 'TYPING_STATE_STARTED' },
  { type: 'message', ...of, text: 'Hello', attachments: [], suggestions: [{ messageText: 'Yes' }] },
  { type: 'left', ...of, reason: 'done' },
  { type: 'returned', ...of },
  { type: 'ended', ...of },
  { type: 'failed', ...of },
];

const delivery = { id: 'd1', caseId: 'c1', number: 1, atMs: 5 };
const line: BridgeLine = { messageId: 'm1', speaker: 'user', text: 'Hi', attachments: [], atMs: 4 };
const session = {
  id: 's1',
  account: 'acme',
  project: 'shop',
  platform: 'web',
  deviceType: null,
  language: null,
  userName: null,
  connected: true,
};
const deliveries: BridgeDelivery[] = [
  {
    type: 'requested',
    ...delivery,
    queue: 'General',
    reason: 'POLICY',
    data: { someKey: 1 },
    session,
    transcript: [line],
  },
  { type: 'user_message', ...delivery, line },
  { type: 'user_left', ...delivery },
  { type: 'user_back', ...delivery },
  { type: 'ended', ...delivery, reason: 'timed_out' },
];

describe('the bridge on the wire', () => {
  it.each(events.map((event) => [event.type, event] as const))('event %s survives the wire', (_, event) => {
    expect(decodeBridgeEvent(encodeBridgeEvent(event))).toEqual(event);
  });

  it.each(deliveries.map((each) => [each.type, each] as const))('delivery %s survives the wire', (_, each) => {
    expect(decodeBridgeDelivery(encodeBridgeDelivery(each))).toEqual(each);
  });

  it('spells members as the wire does, and leaves what the agent gives alone', () => {
    const [requested] = deliveries;
    const text = requested ? encodeBridgeDelivery(requested) : '';
    expect(JSON.parse(text)).toMatchObject({
      case_id: 'c1',
      at_ms: 5,
      data: { someKey: 1 },
      session: { device_type: null, user_name: null },
      transcript: [{ message_id: 'm1' }],
    });
    expect(decodeBridgeAnswer(encodeBridgeAnswer({ id: 'e1', applied: true }))).toEqual({ id: 'e1', applied: true });
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown type', '{"type":"sing","id":"e1","case_id":"c1"}'],
    ['no id', '{"type":"accepted","case_id":"c1"}'],
    ['no case', '{"type":"accepted","id":"e1"}'],
    [
      'an avatar that a click would run',
      '{"type":"joined","id":"e1","case_id":"c1","agent":{"id":"h","name":"G","avatar_url":"javascript:1"}}',
    ],
    ['a person without a name', '{"type":"joined","id":"e1","case_id":"c1","agent":{"id":"h","name":""}}'],
    ['a text that is too long', `{"type":"message","id":"e1","case_id":"c1","text":"${'x'.repeat(16_001)}"}`],
    ['a place that is none', '{"type":"queue","id":"e1","case_id":"c1","position_in_queue":-1}'],
  ])('refuses %s', (_, text) => {
    expect(decodeBridgeEvent(text)).toBeUndefined();
  });
});

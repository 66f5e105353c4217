import { describe, expect, it } from 'vitest';
import { decodeDeskSignIn, decodeDeskSignedIn, encodeDeskSignedIn } from './desk-bodies.ts';
import { decodeDeskError, deskErrors, encodeDeskError } from './desk-errors.ts';
import {
  decodeDeskClientFrame,
  decodeDeskCommandBody,
  decodeDeskServerFrame,
  encodeDeskClientFrame,
  encodeDeskServerFrame,
} from './desk-frames.ts';
import type { DeskServerFrame } from './desk-frames.ts';
import type { DeskChat, DeskPerson } from './desk-views.ts';

const grace: DeskPerson = {
  id: 'grace',
  name: 'Grace',
  avatarUrl: null,
  role: 'agent',
  connected: true,
  availability: 'available',
  queueIds: null,
  chatCount: 0,
  capacity: 3,
  fullFor: ['billing'],
};

const chat: DeskChat = {
  sessionId: 's1',
  queueId: 'general',
  visitor: { name: null, platform: 'web', deviceType: null, language: 'en-GB', connected: true },
  reason: 'AGENT_DECISION',
  data: { orderNumber: 7, null_member: null },
  people: [{ id: 'grace', name: 'Grace' }],
  joinedMs: 1,
  mine: 'in',
  unreadCount: 2,
  lastSequence: 9,
  visitorTyping: false,
  callSid: null,
  call: { state: 'held', sinceMs: 3, person: { id: 'grace', name: 'Grace' } },
};

describe('frames of the desk', () => {
  it.each<DeskServerFrame>([
    { type: 'chat', cursor: 'c.1', chat },
    {
      type: 'desk',
      cursor: 'c.0',
      desk: { me: grace, queues: [], waiting: [], chats: [chat], people: [grace], cannedReplies: [] },
    },
    { type: 'refused', commandId: '1', problem: { code: 'TAKEN', message: 'No.', by: { id: 'noor', name: 'Noor' } } },
    { type: 'pong' },
  ])('come back as they were: $type', (frame) => {
    expect(decodeDeskServerFrame(encodeDeskServerFrame(frame))).toEqual(frame);
  });

  it('are in snake_case at any depth, null where nothing is known, and leave what belongs to others alone', () => {
    const wire = JSON.parse(encodeDeskServerFrame({ type: 'chat', cursor: 'c.1', chat })) as { chat: object };
    expect(wire.chat).toMatchObject({
      session_id: 's1',
      visitor: { device_type: null, language: 'en-GB' },
      data: { orderNumber: 7, null_member: null },
      unread_count: 2,
    });
  });

  it('from clients are read, whatever they have besides', () => {
    const text = '{"type":"accept","command_id":"1","session_id":"s1","more":true}';
    expect(decodeDeskClientFrame(text)).toEqual({ type: 'accept', commandId: '1', sessionId: 's1' });
    const frame = { type: 'send', commandId: '2', sessionId: 's1', clientId: 'm1', text: '<b>hi</b>' } as const;
    expect(decodeDeskClientFrame(encodeDeskClientFrame(frame))).toEqual(frame);
  });

  it.each([
    ['', undefined],
    ['null', undefined],
    ['[]', undefined],
    ['{"type":"accept"}', undefined],
    ['{"type":"nonsense","command_id":"7"}', '7'],
    ['{"type":"constructor","command_id":"7"}', '7'],
    ['{"type":"accept","command_id":"7"}', '7'],
    ['{"type":"transfer","command_id":"7","session_id":"s"}', '7'],
    ['{"type":"transfer","command_id":"7","session_id":"s","queue_id":"q","person_id":"p"}', '7'],
    ['{"type":"set-availability","command_id":"7","availability":"asleep"}', '7'],
    [`{"type":"note","command_id":"7","session_id":"s","client_id":"n","text":"${'x'.repeat(16_001)}"}`, '7'],
  ])('%s is refused with the id of its command', (text, commandId) => {
    expect(decodeDeskClientFrame(text)).toEqual({ invalid: { commandId } });
  });

  it('are no command of REST when the path says so, and the path wins', () => {
    const path = { type: 'read', sessionId: 's1' };
    const body = '{"sequence":4,"session_id":"s2","type":"leave"}';
    expect(decodeDeskCommandBody(body, path)).toEqual({
      type: 'read',
      commandId: 'rest',
      sessionId: 's1',
      sequence: 4,
    });
    expect(decodeDeskCommandBody('', { type: 'accept', sessionId: 's1' })).toMatchObject({ type: 'accept' });
    expect(decodeDeskCommandBody('{"token":"t"}', { type: 'authenticate' })).toBe('invalid');
    expect(decodeDeskCommandBody('nonsense', path)).toBe('invalid');
  });
});

describe('signing in', () => {
  it.each([
    ['{"id":"grace","password":"x"}', { id: 'grace', password: 'x', session: 'cookie' }],
    ['{"token":"t","session":"token"}', { token: 't', session: 'token' }],
  ])('%s is read', (text, expected) => {
    expect(decodeDeskSignIn(text)).toEqual(expected);
  });

  it.each(['', '{}', '{"id":"grace"}', '{"password":"x"}', '{"id":"grace","token":"t"}', '{"token":7}', '[]'])(
    '%s is nobody',
    (text) => {
      expect(decodeDeskSignIn(text)).toBe('invalid');
    },
  );

  it('is answered with who it is', () => {
    const answer = { me: grace, expiresMs: 5 };
    expect(decodeDeskSignedIn(encodeDeskSignedIn(answer))).toEqual(answer);
  });
});

describe('errors of the desk', () => {
  it('say who was faster, in the envelope of the other APIs', () => {
    const by = { id: 'noor', name: 'Noor' };
    const text = encodeDeskError({ ...deskErrors.taken, by }, { errorId: 'e1' });
    expect(JSON.parse(text)).toMatchObject({ success: false, error_code: 'TAKEN', error_id: 'e1', data: { by } });
    expect(decodeDeskError(text)).toEqual({ code: 'TAKEN', message: deskErrors.taken.text, by });
    expect(decodeDeskError(encodeDeskError(deskErrors.full, { errorId: 'e1' }))?.by).toBeNull();
    expect(decodeDeskError('<html>')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyObject, anyText, valueOf } from '../test/value-of.ts';
import { clientEventSchema } from './client-events.ts';
import type { ClientEvent } from './client-events.ts';
import { decodeClientFrame, encodeClientFrame } from './client-frame.ts';
import { MAX_CUSTOM_BYTES } from './limits.ts';
import { serverOnlyTypes } from './server-events.ts';
import { systemTexts } from './system-messages.ts';
import { wireType } from './wire-names.ts';

const invalid = { refused: systemTexts.invalidFormat, custom: undefined };

function frame(type: string, payload?: unknown, custom?: unknown): string {
  return JSON.stringify({ type, payload, metadata: custom === undefined ? undefined : { custom } });
}

describe.each(clientEventSchema.options.map((schema) => [schema.shape.type.value, schema] as const))(
  'the frame of %s',
  (_, schema) => {
    it('is read as it was written', () => {
      const values = valueOf(schema) as fc.Arbitrary<ClientEvent>;
      fc.assert(
        fc.property(values, fc.option(anyObject, { nil: undefined }), (event, custom) => {
          fc.pre(JSON.stringify(custom ?? {}).length * 3 < MAX_CUSTOM_BYTES);
          expect(decodeClientFrame(encodeClientFrame({ event, custom }))).toEqual({ event, custom });
        }),
      );
    });
  },
);

describe('what a client sends', () => {
  it('MSG-052 loses everything the protocol does not know', () => {
    const text = JSON.stringify({
      id: 'mine',
      sequence: 7,
      timestamp: 'yesterday',
      type: 'EVENT_TYPE_USER_MESSAGE',
      payload: { text: 'hi', message_id: 'mine', messageId: 'mine', __typename: 'x' },
      metadata: { trace: 'x' },
    });
    expect(decodeClientFrame(text)).toStrictEqual({ event: { type: 'user-message', text: 'hi' }, custom: undefined });
  });

  it('may have no payload, or null for one, when its event needs none', () => {
    const heartbeat = { event: { type: 'heartbeat' }, custom: undefined };
    expect(decodeClientFrame('{"type":"EVENT_TYPE_HEARTBEAT"}')).toStrictEqual(heartbeat);
    expect(decodeClientFrame('{"type":"EVENT_TYPE_HEARTBEAT","payload":null,"metadata":null}')).toStrictEqual(
      heartbeat,
    );
  });

  it('MSG-064 keeps any text, lone surrogates included', () => {
    const text = '\u{1f469}\u200d\u{1f680} \ud800 \u0000 אב';
    expect(decodeClientFrame(frame('EVENT_TYPE_USER_MESSAGE', { text }))).toMatchObject({ event: { text } });
  });

  it('keeps huge texts; their size is for the session to judge', () => {
    const text = 'x'.repeat(1_000_000);
    expect(decodeClientFrame(frame('EVENT_TYPE_USER_MESSAGE', { text }))).toMatchObject({ event: { text } });
  });

  it('MSG-065 has one of two typing states', () => {
    for (const state of ['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED'] as const) {
      expect(decodeClientFrame(frame('EVENT_TYPE_USER_TYPING', { state }))).toMatchObject({ event: { state } });
    }
    expect(decodeClientFrame(frame('EVENT_TYPE_USER_TYPING', { state: 'started' }))).toStrictEqual(invalid);
  });
});

describe('what a client should not send', () => {
  it.each(['', '{', 'hello', 'null', '17', '"EVENT_TYPE_HEARTBEAT"', '{"type":"EVENT_TYPE_HEARTBEAT"', '\ufeff{}'])(
    'MSG-068 %j is refused as no message',
    (text) => {
      expect(decodeClientFrame(text)).toMatchObject({ refused: systemTexts.invalidFormat });
    },
  );

  it.each([
    'EVENT_TYPE_NOPE',
    'EVENT_TYPE_',
    'event_type_heartbeat',
    'HEARTBEAT',
    'heartbeat',
    'EVENT_TYPE_HEARTBEAT ',
    'constructor',
    '__proto__',
    'toString',
  ])('MSG-069 the type %j is unknown', (type) => {
    expect(decodeClientFrame(frame(type, {}))).toStrictEqual(invalid);
  });

  it.each([[[]], [[{ type: 'EVENT_TYPE_HEARTBEAT' }]], [{}], [{ type: 5 }], [{ type: null }], [{ type: ['x'] }]])(
    'MSG-070 %j is no event',
    (value) => {
      expect(decodeClientFrame(JSON.stringify(value))).toMatchObject({ refused: systemTexts.invalidFormat });
    },
  );

  it.each([...serverOnlyTypes].map(wireType))('MSG-071 MSG-072 %s is for servers only', (type) => {
    expect(decodeClientFrame(frame(type, {}, { local_id: 'L1' }))).toStrictEqual({
      refused: `Event type not allowed: ${type}`,
      custom: { local_id: 'L1' },
    });
  });

  it.each([
    [{}],
    [{ text: '' }],
    [{ text: ' \n\t ' }],
    [{ text: 5 }],
    [{ text: null }],
    [{ text: ['x'] }],
    [[]],
    ['x'],
    [5],
  ])('MSG-062 %j is no user message', (payload) => {
    expect(decodeClientFrame(frame('EVENT_TYPE_USER_MESSAGE', payload))).toStrictEqual(invalid);
  });

  it.each([[{}], [{ call_sid: '' }], [{ call_sid: 'x'.repeat(129) }], [{ callSid: 'CA1' }]])(
    '%j links no call',
    (payload) => {
      expect(decodeClientFrame(frame('EVENT_TYPE_LINK_TO_WEBRTC_CONVERSATION', payload))).toStrictEqual(invalid);
    },
  );

  it('never has members of its prototype', () => {
    const text = '{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"__proto__":{"text":"hi"},"constructor":{"text":"hi"}}}';
    expect(decodeClientFrame(text)).toStrictEqual(invalid);
    expect(decodeClientFrame('{"__proto__":{"type":"EVENT_TYPE_HEARTBEAT"}}')).toStrictEqual(invalid);
  });

  it.each([
    ['the payload', (deep: string) => `{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":${deep}}}`],
    ['an unknown member', (deep: string) => `{"x":${deep},"type":"EVENT_TYPE_NOPE"}`],
    ['the custom data', (deep: string) => `{"type":"EVENT_TYPE_HEARTBEAT","metadata":{"custom":{"a":${deep}}}}`],
    ['everything', (deep: string) => deep],
  ])('may nest 100,000 levels deep in %s without harm', (_, around) => {
    const levels = 100_000;
    expect(decodeClientFrame(around('['.repeat(levels) + ']'.repeat(levels)))).toStrictEqual(
      expect.objectContaining({ refused: systemTexts.invalidFormat }),
    );
    expect(decodeClientFrame(around('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)))).toStrictEqual(
      expect.objectContaining({ refused: systemTexts.invalidFormat }),
    );
  });

  it('is answered with a value, whatever it is', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      'EVENT_TYPE_',
      'type',
      'payload',
      '\\u',
      '\ud800',
      '1e999',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(pieces).map((some) => some.join('')),
          fc.json(),
        ),
        (text) => {
          expect(decodeClientFrame(text)).toHaveProperty('refused');
        },
      ),
    );
  });
});

describe('custom data', () => {
  const text = 'hi';

  it('MSG-051 is kept as it came', () => {
    const custom = { local_id: 'L1', camelCase: { snake_case: [1, null, { deepName: true }] }, constructor: 'x' };
    expect(decodeClientFrame(frame('EVENT_TYPE_USER_MESSAGE', { text }, custom))).toMatchObject({ custom });
  });

  it('MSG-051 is kept even when it looks like a prototype', () => {
    const read = decodeClientFrame('{"type":"EVENT_TYPE_HEARTBEAT","metadata":{"custom":{"__proto__":{"a":1}}}}');
    expect(JSON.stringify(read.custom)).toBe('{"__proto__":{"a":1}}');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('MSG-073 comes back with a refusal', () => {
    const custom = { client_event_id: 'c1' };
    expect(decodeClientFrame(frame('EVENT_TYPE_NOPE', {}, custom))).toStrictEqual({ ...invalid, custom });
    expect(decodeClientFrame(frame('EVENT_TYPE_USER_MESSAGE', {}, custom))).toStrictEqual({ ...invalid, custom });
  });

  it('has 4 KiB of UTF-8 at most', () => {
    // Each sign takes two bytes; `{"k":""}` takes eight.
    const fitting = { k: 'é'.repeat((MAX_CUSTOM_BYTES - 8) / 2) };
    expect(decodeClientFrame(frame('EVENT_TYPE_HEARTBEAT', {}, fitting))).toMatchObject({ custom: fitting });
    const oversize = { k: `${fitting.k}x` };
    expect(decodeClientFrame(frame('EVENT_TYPE_HEARTBEAT', {}, oversize))).toStrictEqual({
      refused: systemTexts.invalidFormat,
    });
  });

  it('may not grow past 4 KiB by being written again', () => {
    const custom = `[${Array.from({ length: 300 }, () => '1e20').join(',')}]`;
    const read = decodeClientFrame(`{"type":"EVENT_TYPE_HEARTBEAT","metadata":{"custom":{"k":${custom}}}}`);
    expect(read).toStrictEqual({ refused: systemTexts.invalidFormat });
  });

  it.each([['"x"'], ['[]'], ['5'], ['{"custom":[]}'], ['{"custom":"x"}'], ['{"custom":5}']])(
    'is refused when its place holds %s',
    (metadata) => {
      const read = decodeClientFrame(`{"type":"EVENT_TYPE_HEARTBEAT","metadata":${metadata}}`);
      expect(read).toStrictEqual({ refused: systemTexts.invalidFormat });
    },
  );

  it.each(['{}', '{"custom":null}', 'null'])('is absent when its place holds %s', (metadata) => {
    const read = decodeClientFrame(`{"type":"EVENT_TYPE_HEARTBEAT","metadata":${metadata}}`);
    expect(read).toStrictEqual({ event: { type: 'heartbeat' }, custom: undefined });
  });
});

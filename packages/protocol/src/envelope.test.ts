import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyObject, anyText, valueOf } from '../test/value-of.ts';
import { decodeJournaled, decodeServerFrame, encodeBatch, encodeEvent } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { journaledEventSchema, transientEventSchema } from './server-events.ts';
import type { JournaledEvent, TransientEvent } from './server-events.ts';

const stamp = { id: 'e1', timestamp: '2026-03-14T09:26:53.589Z' };
const custom = fc.option(anyObject, { nil: undefined });

function envelopeOf<Event extends JournaledEvent | TransientEvent>(
  schema: Parameters<typeof valueOf>[0],
  sequence: fc.Arbitrary<number | null>,
): fc.Arbitrary<Envelope<Event>> {
  const event = valueOf(schema) as fc.Arbitrary<Event>;
  return fc
    .record({ id: anyText, sequence, timestamp: anyText, event, custom }, { noNullPrototype: true })
    .map(({ custom: data, ...envelope }) => ({ ...envelope, ...(data && { custom: data }) }));
}

const anyEnvelope = fc.oneof(
  ...journaledEventSchema.options.map((schema) => envelopeOf(schema, fc.integer({ min: 1 }))),
  ...transientEventSchema.options.map((schema) => envelopeOf(schema, fc.constant(null))),
);

describe.each(journaledEventSchema.options.map((schema) => [schema.shape.type.value, schema] as const))(
  'the journaled event %s',
  (_, schema) => {
    it('MSG-042 is read from its text as it was written, by servers and by clients', () => {
      fc.assert(
        fc.property(envelopeOf(schema, fc.integer({ min: 1 })), (envelope) => {
          const text = encodeEvent(envelope);
          expect(decodeJournaled(text)).toEqual(envelope);
          expect(decodeServerFrame(text)).toEqual([envelope]);
        }),
        { numRuns: 50 },
      );
    });
  },
);

describe.each(transientEventSchema.options.map((schema) => [schema.shape.type.value, schema] as const))(
  'the transient event %s',
  (_, schema) => {
    it('MSG-050 is read with a null sequence, and never from a journal', () => {
      fc.assert(
        fc.property(envelopeOf(schema, fc.constant(null)), (envelope) => {
          const text = encodeEvent(envelope);
          expect(decodeServerFrame(text)).toEqual([envelope]);
          expect(() => decodeJournaled(text)).toThrow();
        }),
        { numRuns: 50 },
      );
    });
  },
);

describe('an event on the wire', () => {
  it('MSG-047 has id, sequence, timestamp, type and payload', () => {
    fc.assert(
      fc.property(anyEnvelope, (envelope) => {
        const frame = JSON.parse(encodeEvent(envelope));
        const keys = ['id', 'sequence', 'timestamp', 'type', 'payload'];
        expect(Object.keys(frame)).toEqual(envelope.custom ? [...keys, 'metadata'] : keys);
        expect(frame.type).toMatch(/^EVENT_TYPE_[A-Z_]+$/);
        expect(frame.payload).toBeTypeOf('object');
      }),
    );
  });

  it('MSG-057 spells its members as the wire does', () => {
    const event = { type: 'user-message', messageId: 'u1', text: 'hi' } as const;
    expect(encodeEvent({ ...stamp, sequence: 6, event, custom: { local_id: 'L1', ownName: 1 } })).toBe(
      '{"id":"e1","sequence":6,"timestamp":"2026-03-14T09:26:53.589Z","type":"EVENT_TYPE_USER_MESSAGE",' +
        '"payload":{"message_id":"u1","text":"hi"},"metadata":{"custom":{"local_id":"L1","ownName":1}}}',
    );
  });

  it('MSG-050 MSG-066 says with null that it is not kept', () => {
    expect(encodeEvent({ ...stamp, sequence: null, event: { type: 'heartbeat' } })).toBe(
      '{"id":"e1","sequence":null,"timestamp":"2026-03-14T09:26:53.589Z","type":"EVENT_TYPE_HEARTBEAT","payload":{}}',
    );
  });

  it('MSG-042 is the same text however its members were put together', () => {
    const one = { type: 'user-message', messageId: 'u1', text: 'hi' } as const;
    const other = { text: 'hi', type: 'user-message', messageId: 'u1' } as const;
    expect(encodeEvent({ ...stamp, sequence: 1, event: one })).toBe(
      encodeEvent({ ...stamp, sequence: 1, event: other }),
    );
  });

  it('holds nothing that its schema does not declare', () => {
    const event = { type: 'user-message', messageId: 'u1', text: 'hi', secret: 'x' } as const;
    expect(encodeEvent({ ...stamp, sequence: 1, event })).not.toContain('secret');
  });

  it('MSG-064 carries any text as well-formed UTF-8', () => {
    fc.assert(
      fc.property(anyEnvelope, (envelope) => {
        expect(encodeEvent(envelope).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a batch', () => {
  it('MSG-042 holds its parts as they were encoded, in their order', () => {
    fc.assert(
      fc.property(fc.array(anyEnvelope, { maxLength: 6 }), (envelopes) => {
        const parts = envelopes.map((envelope) => encodeEvent(envelope));
        const batch = encodeBatch(stamp, parts);
        expect(JSON.parse(batch)).toEqual({
          ...stamp,
          sequence: null,
          type: 'EVENT_TYPE_EVENT_BATCH',
          payload: { events: parts.map((part) => JSON.parse(part)) },
        });
        for (const part of parts) expect(batch).toContain(part);
        expect(decodeServerFrame(batch)).toEqual(envelopes);
      }),
    );
  });

  it('MSG-041 may be empty', () => {
    expect(decodeServerFrame(encodeBatch(stamp, []))).toStrictEqual([]);
  });
});

describe('reading what a server sent', () => {
  const known = encodeEvent({ ...stamp, sequence: 1, event: { type: 'user-end-session' } });

  it('leaves out events it does not know and keeps the rest', () => {
    const strangers = [
      '{"id":"x","sequence":2,"timestamp":"t","type":"EVENT_TYPE_FUTURE","payload":{}}',
      '7',
      'null',
      '[]',
    ];
    expect(decodeServerFrame(encodeBatch(stamp, [...strangers, known]))).toMatchObject([{ id: 'e1', sequence: 1 }]);
    expect(decodeServerFrame('{"id":"x","sequence":2,"timestamp":"t","type":"EVENT_TYPE_FUTURE"}')).toEqual([]);
  });

  it('drops members it does not know', () => {
    const text = known.replace('"payload":{}', '"payload":{"more":1},"extra":{"deep":[]}');
    expect(decodeServerFrame(text)).toStrictEqual(decodeServerFrame(known));
  });

  it('takes null for an absent member', () => {
    const text =
      '{"id":"x","sequence":2,"timestamp":"t","type":"EVENT_TYPE_POLY_AGENT_LEFT","payload":{"reason":null}}';
    expect(decodeServerFrame(text)).toMatchObject([{ event: { type: 'poly-agent-left' } }]);
  });

  it.each([
    ['no id', '{"sequence":1,"timestamp":"t","type":"EVENT_TYPE_USER_END_SESSION","payload":{}}'],
    ['a number for an id', '{"id":1,"sequence":1,"timestamp":"t","type":"EVENT_TYPE_USER_END_SESSION","payload":{}}'],
    ['no timestamp', '{"id":"x","sequence":1,"type":"EVENT_TYPE_USER_END_SESSION","payload":{}}'],
    [
      'a quoted sequence',
      '{"id":"x","sequence":"1","timestamp":"t","type":"EVENT_TYPE_USER_END_SESSION","payload":{}}',
    ],
    [
      'a broken payload',
      '{"id":"x","sequence":1,"timestamp":"t","type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":1}}',
    ],
    [
      'an array for a payload',
      '{"id":"x","sequence":1,"timestamp":"t","type":"EVENT_TYPE_USER_END_SESSION","payload":[]}',
    ],
  ])('leaves out an event with %s', (_, text) => {
    expect(decodeServerFrame(text)).toEqual([]);
    expect(() => decodeJournaled(text)).toThrow('not a journaled event');
  });

  it.each(['', '{', '[]', 'null', '{}', '{"type":5}', '{"type":"EVENT_TYPE_EVENT_BATCH","payload":{"events":{}}}'])(
    'tells that %j is no frame',
    (text) => {
      expect(decodeServerFrame(text)).toBeUndefined();
    },
  );

  it('survives 100,000 levels in members nobody asked for', () => {
    const levels = 100_000;
    const deep = '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
    const text = known.replace('"payload":{}', `"payload":{"more":${deep}}`);
    expect(decodeServerFrame(text)).toHaveLength(1);
    expect(decodeJournaled(text).event).toEqual({ type: 'user-end-session' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        expect(() => decodeServerFrame(text)).not.toThrow();
      }),
    );
  });
});

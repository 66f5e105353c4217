import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { anyText, valueOf } from '../test/value-of.ts';
import * as chat from './chat-api.ts';

const bodies = [
  ['create request', chat.chatCreateRequestSchema, chat.encodeChatCreateRequest, chat.decodeChatCreateRequest],
  ['create answer', chat.chatCreateAnswerSchema, chat.encodeChatCreateAnswer, chat.decodeChatCreateAnswer],
  ['respond request', chat.chatRespondRequestSchema, chat.encodeChatRespondRequest, chat.decodeChatRespondRequest],
  ['respond answer', chat.chatRespondAnswerSchema, chat.encodeChatRespondAnswer, chat.decodeChatRespondAnswer],
  ['close request', chat.chatCloseRequestSchema, chat.encodeChatCloseRequest, chat.decodeChatCloseRequest],
  ['close answer', chat.chatCloseAnswerSchema, chat.encodeChatCloseAnswer, chat.decodeChatCloseAnswer],
] as const satisfies [string, z.ZodType, (value: never) => string, (text: string) => unknown][];

describe.each(bodies)('the %s', (_, schema, encode, decode) => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(valueOf(schema), (value) => {
        expect(decode(encode(value as never))).toEqual(value);
      }),
    );
  });

  it('is invalid when it is no object, and never throws', () => {
    for (const text of ['[]', 'null', '{', '"x"', '5']) expect(decode(text)).toBe('invalid');
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        expect(() => decode(text)).not.toThrow();
      }),
    );
  });
});

describe('the Chat API', () => {
  it.each([undefined, '', '{}'])('MSG-108 creates without a body: %j', (text) => {
    expect(chat.decodeChatCreateRequest(text)).toEqual({});
  });

  it('keeps the spelling of attributes and metadata', () => {
    const text = JSON.stringify({
      conversation_id: 'c1',
      integration_attributes: { customerTier: 'gold', order_number: { lineItems: [1] } },
      metadata: { traceId: 't', span_id: null },
      asr_lang_code: 'en-GB',
    });
    const read = {
      conversationId: 'c1',
      integrationAttributes: { customerTier: 'gold', order_number: { lineItems: [1] } },
      metadata: { traceId: 't', span_id: null },
      asrLangCode: 'en-GB',
    };
    expect(chat.decodeChatRespondRequest(text)).toEqual(read);
    expect(JSON.parse(chat.encodeChatRespondRequest(read))).toEqual(JSON.parse(text));
  });

  it('MSG-109 MSG-116 answers with a hand-off when there is one', () => {
    const answer = { conversationId: 'c1', response: 'One moment.', endConversation: true };
    expect(JSON.parse(chat.encodeChatRespondAnswer(answer))).toEqual({
      conversation_id: 'c1',
      response: 'One moment.',
      end_conversation: true,
    });
    const handoff = { destination: 'General Support', reason: 'POLICY' };
    expect(JSON.parse(chat.encodeChatRespondAnswer({ ...answer, handoff }))).toMatchObject({ handoff });
  });

  it('MSG-111 responds without a message, also when it is null', () => {
    expect(chat.decodeChatRespondRequest('{"conversation_id":"c1"}')).toEqual({ conversationId: 'c1' });
    expect(chat.decodeChatRespondRequest('{"conversation_id":"c1","message":null}')).toEqual({ conversationId: 'c1' });
  });

  it.each(['', '{}', '{"conversation_id":""}', '{"conversation_id":7}', '{"conversation_id":"c1","message":7}'])(
    'MSG-110 does not respond to %j',
    (text) => {
      expect(chat.decodeChatRespondRequest(text)).toBe('invalid');
    },
  );

  it.each(['{"channel":"fax"}', '{"variant_id":7}', '{"integration_attributes":[]}', '{"integration_attributes":"x"}'])(
    'does not create with %s',
    (text) => {
      expect(chat.decodeChatCreateRequest(text)).toBe('invalid');
    },
  );

  it('refuses attributes that nest too deep to be written again', () => {
    const levels = 100_000;
    const deep = `{"a":`.repeat(levels) + '1' + '}'.repeat(levels);
    expect(chat.decodeChatCreateRequest(`{"integration_attributes":${deep}}`)).toBe('invalid');
  });
});

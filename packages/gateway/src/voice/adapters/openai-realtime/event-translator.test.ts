import { describe, expect, it } from 'vitest';
import type { ModelEvent } from '../../ports/speech-model.ts';
import { createEventTranslator } from './event-translator.ts';
import { readServerEvent, type OutputItem } from './server-events.ts';

/** What a session makes of some frames, in which two responses were asked for. */
function translated(...frames: object[]) {
  const translator = createEventTranslator({ silenceMs: () => 500, wishes: new Set(['wish-1', 'wish-2']) });
  return frames.flatMap((frame): (ModelEvent | 'other' | 'garbage')[] => {
    const event = readServerEvent(JSON.stringify(frame));
    return typeof event === 'object' ? translator.translate(event) : [event];
  });
}

const call: OutputItem = {
  type: 'function_call',
  status: 'completed',
  call_id: 'c1',
  name: 'weather',
  arguments: '{}',
};
const itemDone = (item: OutputItem) => ({ type: 'response.output_item.done', response_id: 'r1', item });
const done = (status: string, output?: OutputItem[]) => ({
  type: 'response.done',
  response: { id: 'r1', status, output },
});
const wanted = { callId: 'c1', name: 'weather', arguments: '{}' };

describe('function calls', () => {
  it.each([
    ['of completed items', [itemDone(call), done('completed')], [wanted]],
    ['that only the response lists', [done('completed', [call])], [wanted]],
    ['that are told twice, once', [itemDone(call), done('completed', [call])], [wanted]],
    ['of a response that ran out of tokens', [itemDone(call), done('incomplete', [call])], [wanted]],
    ['of incomplete items not (VOX-101)', [itemDone({ ...call, status: 'incomplete' }), done('completed')], []],
    ['of interrupted responses not (VOX-101)', [itemDone(call), done('cancelled', [call])], []],
    ['of failed responses not', [itemDone(call), done('failed', [call])], []],
    ['without a name not', [itemDone({ ...call, name: null }), done('completed')], []],
  ])('%s', (_what, frames, calls) => {
    expect(translated(...frames).at(-1)).toMatchObject({ type: 'response-over', responseId: 'r1', calls });
  });
});

describe('words', () => {
  const place = { response_id: 'r1', item_id: 'i1' };
  const whole = { type: 'response.output_audio_transcript.done', ...place, transcript: 'Hi!' };

  it('come in parts', () => {
    const delta = { type: 'response.output_audio_transcript.delta', ...place, delta: 'Hi!' };
    expect(translated(delta, whole)).toEqual([{ type: 'words', responseId: 'r1', itemId: 'i1', text: 'Hi!' }]);
  });

  it('or all at once', () => {
    expect(translated(whole)).toEqual([{ type: 'words', responseId: 'r1', itemId: 'i1', text: 'Hi!' }]);
  });

  it('under the names they once had, too', () => {
    const old = { type: 'response.audio_transcript.delta', ...place, delta: 'Hi!' };
    expect(translated(old)).toEqual([{ type: 'words', responseId: 'r1', itemId: 'i1', text: 'Hi!' }]);
  });
});

describe('errors', () => {
  const busy = 'conversation_already_has_active_response';
  const error = (fields: object) => ({
    type: 'error',
    error: { type: 'invalid_request_error', message: '', ...fields },
  });

  it.each([
    ['refuse a wish while another is being granted', { code: busy, event_id: 'wish-1' }, ['wish-1', true]],
    ['refuse the newest wish when they don’t say which', { code: busy, event_id: null }, ['wish-2', true]],
    ['refuse a wish for good', { code: 'invalid_value', event_id: 'wish-1' }, ['wish-1', false]],
  ])('%s', (_what, fields, [wishId, isBusy]) => {
    expect(translated(error(fields))).toEqual([{ type: 'wish-refused', wishId, busy: isBusy }]);
  });

  it.each([
    ['session_expired', 'broken'],
    ['insufficient_quota', 'unavailable'],
    ['invalid_api_key', 'unavailable'],
  ])('end the session: %s', (code, means) => {
    expect(translated(error({ code }))).toEqual([{ type: 'lost', error: expect.objectContaining({ code: means }) }]);
  });

  it('of a response end the session when another response would meet them again', () => {
    const failed = { id: 'r1', status: 'failed', status_details: { error: { code: 'insufficient_quota' } } };
    expect(translated({ type: 'response.done', response: failed })).toMatchObject([{ type: 'lost' }]);
  });

  it('of any other kind change nothing', () => {
    expect(translated(error({ code: 'invalid_value' }), error({ code: 'response_cancel_not_active' }))).toEqual([]);
  });
});

describe('frames', () => {
  it.each([['conversation.item.added'], ['response.function_call_arguments.done'], ['something.new']])(
    'of no meaning to a call are passed over: %s',
    (type) => {
      expect(translated({ type })).toEqual(['other']);
    },
  );

  it.each([[{}], [[]], [{ type: 'response.output_audio.delta', delta: 5 }], [{ type: 'response.created' }]])(
    'that make no sense are known as garbage: %j',
    (frame) => {
      expect(translated(frame)).toEqual(['garbage']);
    },
  );
});

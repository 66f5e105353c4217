import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { delta } from '../../test/chat-completions.ts';
import { CompletionReader } from './completion-reader.ts';

const stop = delta({}, 'stop');

/** The parts that come of some chunks. */
function partsOf(...chunks: unknown[]): LanguageModelV4StreamPart[] {
  const parts: LanguageModelV4StreamPart[] = [];
  const reader = new CompletionReader((part) => parts.push(part));
  for (const chunk of chunks) reader.take(typeof chunk === 'string' ? chunk : JSON.stringify(chunk));
  reader.end();
  return parts;
}

function call(part: object): object {
  return delta({ tool_calls: [part] });
}

describe('text', () => {
  it('is one stretch, whatever is empty in between', () => {
    const role = delta({ role: 'assistant', content: '' });
    expect(partsOf(role, delta({ content: 'Hel' }), delta({}), delta({ content: 'lo' }), stop)).toEqual([
      { type: 'text-start', id: 'text' },
      { type: 'text-delta', id: 'text', delta: 'Hel' },
      { type: 'text-delta', id: 'text', delta: 'lo' },
      { type: 'text-end', id: 'text' },
    ]);
  });

  it('ends where thoughts begin', () => {
    const parts = partsOf(
      delta({ reasoning_content: 'Hm' }),
      delta({ content: 'Tea' }),
      delta({ reasoning: 'So' }),
      stop,
    );
    expect(parts.map(({ type }) => type)).toEqual([
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-end',
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
    ]);
  });

  it('may come as a list, with thoughts in it and parts nobody knows', () => {
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }, { type: 'reference' }] };
    const unknown = [{ type: 'image' }, { type: 'link', text: { url: '' } }];
    const parts = partsOf(delta({ content: [thinking, ...unknown, { type: 'text', text: 'Tea' }] }), stop);
    expect(parts.filter((part) => 'delta' in part)).toEqual([
      { type: 'reasoning-delta', id: 'reasoning', delta: 'Hm' },
      { type: 'text-delta', id: 'text', delta: 'Tea' },
    ]);
  });

  it('is a refusal, too', () => {
    expect(partsOf(delta({ refusal: "I can't." }), stop)).toContainEqual({
      type: 'text-delta',
      id: 'text',
      delta: "I can't.",
    });
  });
});

describe('calls of tools', () => {
  function callsIn(parts: LanguageModelV4StreamPart[]): object[] {
    return parts.filter((part) => part.type === 'tool-call');
  }

  it('come in pieces, several at a time', () => {
    const parts = partsOf(
      call({ index: 0, id: 'a', function: { name: 'stock', arguments: '' } }),
      call({ index: 1, id: 'b', function: { name: 'price', arguments: '{"te' } }),
      call({ index: 0, function: { arguments: '{}' } }),
      call({ index: 1, id: '', function: { name: '', arguments: 'a":1}' } }),
      delta({}, 'tool_calls'),
    );
    expect(callsIn(parts)).toEqual([
      { type: 'tool-call', toolCallId: 'a', toolName: 'stock', input: '{}' },
      { type: 'tool-call', toolCallId: 'b', toolName: 'price', input: '{"tea":1}' },
    ]);
  });

  it('may lack an index', () => {
    const parts = partsOf(
      call({ id: 'a', function: { name: 'stock', arguments: '{' } }),
      call({ function: { arguments: '}' } }),
      call({ id: 'b', function: { name: 'price', arguments: '{}' } }),
      delta({}, 'tool_calls'),
    );
    expect(callsIn(parts)).toEqual([
      { type: 'tool-call', toolCallId: 'a', toolName: 'stock', input: '{}' },
      { type: 'tool-call', toolCallId: 'b', toolName: 'price', input: '{}' },
    ]);
  });

  it('may lack an id, and be signed', () => {
    const google = { thought_signature: 's1' };
    const parts = partsOf(
      call({ index: 0, function: { name: 'stock', arguments: '{}' }, extra_content: { google } }),
      delta({}, 'stop'),
    );
    expect(callsIn(parts)).toEqual([
      {
        type: 'tool-call',
        toolCallId: expect.stringMatching(/./),
        toolName: 'stock',
        input: '{}',
        providerMetadata: { compatible: { thoughtSignature: 's1' } },
      },
    ]);
  });

  const one = { id: 'a', function: { name: 'stock', arguments: '{"tea":1}' } };
  const two = { id: 'b', function: { name: 'stock', arguments: '{"tea":2}' } };
  const both = [
    expect.objectContaining({ toolName: 'stock', input: '{"tea":1}' }),
    expect.objectContaining({ toolName: 'stock', input: '{"tea":2}' }),
  ];

  it.each([
    ['all have the same index', { ...one, index: 0 }, { ...two, index: 0 }],
    ['all have the same index and no ids', { ...one, index: 0, id: '' }, { ...two, index: 0, id: '' }],
    ['have neither', { ...one, id: undefined }, { ...two, id: undefined }],
    ['have the same id', { ...one, index: 0 }, { ...two, index: 1, id: 'a' }],
  ])('may come whole, though they %s', (_how, first, second) => {
    const found = callsIn(partsOf(call(first), call(second), delta({}, 'tool_calls')));
    expect(found).toEqual(both);
    expect(new Set(found.map((each) => 'toolCallId' in each && each.toolCallId)).size).toBe(2);
    expect(callsIn(partsOf(delta({ tool_calls: [first, second] }, 'tool_calls')))).toEqual(both);
  });

  it('never have the input of another', () => {
    const parts = partsOf(
      call({ index: 0, id: 'a', function: { name: 'end', arguments: '' } }),
      call({ index: 0, id: 'b', function: { name: 'price', arguments: '{}' } }),
      delta({}, 'tool_calls'),
    );
    expect(callsIn(parts)).toEqual([
      { type: 'tool-call', toolCallId: 'a', toolName: 'end', input: '' },
      { type: 'tool-call', toolCallId: 'b', toolName: 'price', input: '{}' },
    ]);
  });

  it.each([
    ['without an index', { function: { arguments: '2}' } }],
    ['without an index, by their id', { id: 'a', function: { arguments: '2}' } }],
    ['with their name again', { index: 1, id: 'a', function: { name: 'stock', arguments: '2}' } }],
  ])('may go on %s', (_how, rest) => {
    const begun = call({ index: 1, id: 'a', function: { name: 'stock', arguments: '{"tea":' } });
    expect(callsIn(partsOf(begun, call(rest), delta({}, 'tool_calls')))).toEqual([
      { type: 'tool-call', toolCallId: 'a', toolName: 'stock', input: '{"tea":2}' },
    ]);
  });

  it('that are nothing but empty are none', () => {
    const phantom = call({ index: 0, id: '', function: { name: '', arguments: '' } });
    expect(callsIn(partsOf(delta({ content: 'Hello' }), phantom, stop))).toEqual([]);
  });

  it('don’t cut the text they come with', () => {
    const parts = partsOf(delta({ content: 'A' }), call({ ...one, index: 0 }), delta({ content: 'B' }), stop);
    expect(parts.filter(({ type }) => type === 'text-start')).toHaveLength(1);
  });

  it('are known of from their first piece', () => {
    const parts: string[] = [];
    const reader = new CompletionReader(({ type }) => parts.push(type));
    reader.take(JSON.stringify(call({ index: 0, id: 'a', function: { name: 'stock', arguments: '' } })));
    expect(parts).toEqual(['tool-input-start']);
  });

  it('have a name', () => {
    expect(() => partsOf(call({ index: 0, id: 'a', function: { arguments: '{}' } }), stop)).toThrow('broke off');
  });
});

describe('an answer that fails', () => {
  it.each([
    ['no JSON', ['{"choices": [}']],
    ['no chunk', [{ hello: 'there' }]],
    ['text of a wrong type', [delta({ content: 7 }), stop]],
    ['no reason to end', [delta({ content: 'Tea' })]],
    ['an error for a reason', [delta({ content: 'Tea' }), delta({}, 'error')]],
  ])('has %s', (_what, chunks) => {
    expect(() => partsOf(...chunks)).toThrow("the model's answer broke off");
  });

  it('says why', () => {
    const error = { message: 'a secret', code: 'rate_limit_exceeded' };
    for (const chunk of [{ error }, { error, choices: null }]) {
      expect(() => partsOf(chunk)).toThrow(/^the model is overloaded \(rate_limit_exceeded\)$/);
    }
  });
});

it('counts of tokens and other facts are passed over', () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2 };
  expect(partsOf(stop, { id: 'c1', choices: [], usage, error: null }, { usage }, '')).toEqual([]);
});

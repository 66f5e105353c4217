import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { ModelAnswer } from './model-answer.ts';

/** The answer made of some parts, and what was heard meanwhile. */
function answerOf(...parts: LanguageModelV4StreamPart[]): { answer: ModelAnswer; heard: string[] } {
  const heard: string[] = [];
  const answer = new ModelAnswer({ onTextStart: () => heard.push('|'), onText: (text) => heard.push(text) });
  for (const part of parts) answer.take(part);
  return { answer, heard };
}

describe('an answer', () => {
  it('keeps text, thoughts and calls in order, with what the provider wants to see again', () => {
    const signature = { vendor: { signature: 's1' } };
    const { answer, heard } = answerOf(
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hm' },
      { type: 'reasoning-delta', id: 'r', delta: '…', providerMetadata: signature },
      { type: 'reasoning-end', id: 'r' },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Hel' },
      { type: 'text-delta', id: 't', delta: 'lo' },
      { type: 'text-end', id: 't' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'stock', input: '{"tea":"green"}', providerMetadata: signature },
    );
    expect(heard).toEqual(['|', 'Hel', 'lo']);
    expect(answer.spoke).toBe(true);
    expect(answer.calls).toEqual([{ toolCallId: 'c1', toolName: 'stock', input: { tea: 'green' } }]);
    expect(answer.content).toEqual([
      { type: 'reasoning', text: 'Hm…', providerOptions: signature },
      { type: 'text', text: 'Hello' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'stock', input: { tea: 'green' }, providerOptions: signature },
    ]);
  });

  it('leaves out text without text', () => {
    const { answer, heard } = answerOf({ type: 'text-start', id: 't' }, { type: 'text-delta', id: 't', delta: '' });
    expect({ content: answer.content, spoke: answer.spoke, heard }).toEqual({
      content: [],
      spoke: false,
      heard: ['|'],
    });
  });

  it('begins anew where an id is used again', () => {
    const { answer } = answerOf(
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'One' },
      { type: 'text-end', id: 't' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'stock', input: '' },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Two' },
    );
    expect(answer.content.map((part) => (part.type === 'text' ? part.text : part.type))).toEqual([
      'One',
      'tool-call',
      'Two',
    ]);
  });

  it('has no input for a call whose input is no JSON', () => {
    const { answer } = answerOf({ type: 'tool-call', toolCallId: 'c1', toolName: 'stock', input: '{"tea":' });
    expect(answer.calls).toEqual([{ toolCallId: 'c1', toolName: 'stock', input: undefined }]);
  });
});

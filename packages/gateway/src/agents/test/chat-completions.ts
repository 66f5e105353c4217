// The chat-completions protocol, as far as a model's server needs it in tests.
import { type Answer, type Asked, streams } from './local-server.ts';

/** One event of a stream. */
export function delta(content: object, finishReason: string | null = null): object {
  return {
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'tiny',
    choices: [{ index: 0, delta: content, finish_reason: finishReason }],
  };
}

/** Says words, token by token. */
export function speaks(...tokens: string[]): Answer {
  return streams([delta({ role: 'assistant', content: '' }), ...tokens.map((content) => delta({ content })), done]);
}

/** Says some words, then calls tools. */
export function calls(words: string, ...tools: [name: string, input: unknown][]): Answer {
  const toolCalls = tools.map(([name, input], index) => {
    return { index, id: `call-${index}`, type: 'function', function: { name, arguments: JSON.stringify(input) } };
  });
  return streams([delta({ content: words }), delta({ tool_calls: toolCalls }), delta({}, 'tool_calls'), '[DONE]']);
}

const done = delta({}, 'stop');

/** A request as the model's server understands it. */
export interface ModelRequest {
  model: string;
  stream: boolean;
  temperature?: number;
  tool_choice?: unknown;
  messages: { role: string; content?: string | null; tool_call_id?: string }[];
  tools: { function: { name: string; parameters: Record<string, unknown> } }[];
}

/** Reads what a server was asked. */
export function requestIn(asked: Asked | undefined): ModelRequest {
  return JSON.parse(asked?.body ?? '') as ModelRequest;
}

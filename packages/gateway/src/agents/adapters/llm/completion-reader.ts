// The parts of an answer from the chunks of a chat completion, and from the variants of it that servers have invented:
// thoughts under two names or among the content, refusals, calls without an index or all with the same one.
import { randomUUID } from 'node:crypto';
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { z } from 'zod';
import { readJson } from './foreign-json.ts';
import { brokenOff, modelFailure } from './model-failure.ts';

const textSchema = z.string().nullish();
/** What isn't worth an answer when it has an odd form. */
const optionalTextSchema = textSchema.catch(null);

/** Mistral's models answer a list; what is neither text nor thinking is skipped. */
const contentPartSchema = z.object({
  type: z.string(),
  text: optionalTextSchema,
  thinking: z
    .array(z.object({ text: optionalTextSchema }))
    .nullish()
    .catch(null),
});

const toolCallSchema = z.object({
  index: z.number().nullish(),
  id: textSchema,
  function: z.object({ name: textSchema, arguments: textSchema }).nullish(),
  /** Google's models want it to be sent again. */
  extra_content: z.object({ google: z.object({ thought_signature: textSchema }).nullish() }).nullish(),
});

const deltaSchema = z.object({
  content: z.union([z.string(), z.array(contentPartSchema)]).nullish(),
  refusal: optionalTextSchema,
  reasoning_content: textSchema,
  reasoning: textSchema,
  tool_calls: z.array(toolCallSchema).nullish(),
});

/** Chunks without choices count tokens, for instance. */
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: deltaSchema.nullish(), finish_reason: textSchema })).nullish(),
});

type Delta = z.infer<typeof deltaSchema>;
type ToolCallDelta = z.infer<typeof toolCallSchema>;

interface ToolCall {
  /** As the server names it. */
  index: number | null;
  givenId: string;
  /** As it is named from here on: no other call has it. */
  id: string;
  name: string;
  input: string;
  thoughtSignature: string | null;
}

/** Reads the chunks of one answer. */
export class CompletionReader {
  readonly #emit: (part: LanguageModelV4StreamPart) => void;
  readonly #calls: ToolCall[] = [];
  #open: 'text' | 'reasoning' | null = null;
  #finished = false;

  constructor(emit: (part: LanguageModelV4StreamPart) => void) {
    this.#emit = emit;
  }

  /** Takes the data of one event. Throws `ModelFailure` when it tells of an error, or is no chunk. */
  take(data: string): void {
    // Some servers keep the connection with empty events.
    if (data === '') return;
    const value = readJson(data);
    const error = errorIn(value);
    if (error) throw modelFailure(error);
    const chunk = chunkSchema.safeParse(value);
    if (!chunk.success) throw brokenOff();
    const choice = chunk.data.choices?.[0];
    if (choice?.delta) this.#takeDelta(choice.delta);
    if (choice?.finish_reason === 'error') throw brokenOff();
    if (choice?.finish_reason) this.#finished = true;
  }

  /** The stream is over. Throws `ModelFailure` when the answer isn't. */
  end(): void {
    this.#close();
    for (const { id, name, input, thoughtSignature } of this.#calls) {
      if (name === '' && input.trim() === '') continue;
      if (name === '') throw brokenOff();
      this.#emit({
        type: 'tool-call',
        toolCallId: id,
        toolName: name,
        input,
        ...(thoughtSignature && { providerMetadata: { compatible: { thoughtSignature } } }),
      });
    }
    if (!this.#finished) throw brokenOff();
  }

  #takeDelta(delta: Delta): void {
    this.#say('reasoning', delta.reasoning_content ?? delta.reasoning);
    if (typeof delta.content === 'string') this.#say('text', delta.content);
    else for (const part of delta.content ?? []) this.#takeContent(part);
    this.#say('text', delta.refusal);
    for (const call of delta.tool_calls ?? []) this.#takeCall(call);
  }

  #takeContent({ type, text, thinking }: z.infer<typeof contentPartSchema>): void {
    if (type === 'text') this.#say('text', text);
    if (type === 'thinking') this.#say('reasoning', thinking?.map((thought) => thought.text ?? '').join(''));
  }

  #say(kind: 'text' | 'reasoning', delta: string | null | undefined): void {
    if (!delta) return;
    if (this.#open !== kind) {
      this.#close();
      this.#open = kind;
      this.#emit({ type: `${kind}-start`, id: kind });
    }
    this.#emit({ type: `${kind}-delta`, id: kind, delta });
  }

  #close(): void {
    if (this.#open) this.#emit({ type: `${this.#open}-end`, id: this.#open });
    this.#open = null;
  }

  /** A call comes in pieces: first its id and its name, then its input. */
  #takeCall(delta: ToolCallDelta): void {
    const name = delta.function?.name ?? '';
    const input = delta.function?.arguments ?? '';
    const known = this.#callOf(delta);
    const call = known && !isAnotherCall(known, name, input) ? known : this.#beginCall(delta, name);
    call.name ||= name;
    call.input += input;
    call.thoughtSignature ??= delta.extra_content?.google?.thought_signature ?? null;
  }

  /** The call that a piece seems to belong to. */
  #callOf({ index, id }: ToolCallDelta): ToolCall | undefined {
    if (typeof index !== 'number') return id ? this.#calls.find((call) => call.givenId === id) : this.#calls.at(-1);
    const atIndex = this.#calls.filter((call) => call.index === index);
    return atIndex.find((call) => id && call.givenId === id) ?? atIndex.at(-1);
  }

  #beginCall({ index, id }: ToolCallDelta, name: string): ToolCall {
    if (this.#open === 'reasoning') this.#close();
    const isFree = id && this.#calls.every((call) => call.id !== id);
    const call: ToolCall = {
      index: index ?? null,
      givenId: id ?? '',
      id: isFree ? id : randomUUID(),
      name: '',
      input: '',
      thoughtSignature: null,
    };
    this.#calls.push(call);
    this.#emit({ type: 'tool-input-start', id: call.id, toolName: name });
    return call;
  }
}

/** Some servers give all calls the same index, or none: one that is named again when it was complete is another. */
function isAnotherCall(known: ToolCall, name: string, input: string): boolean {
  if (name === '' || known.name === '') return false;
  return name !== known.name || (input.trimStart().startsWith('{') && readJson(known.input) !== undefined);
}

function errorIn(value: unknown): unknown {
  return value !== null && typeof value === 'object' && 'error' in value ? value.error : undefined;
}

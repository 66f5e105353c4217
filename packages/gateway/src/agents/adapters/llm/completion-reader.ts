// The parts of an answer from the chunks of a chat completion, and from the variants of it that servers have invented:
// thoughts under two names or among the content, calls without an index, refusals.
import { randomUUID } from 'node:crypto';
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { z } from 'zod';
import { brokenOff, modelFailure } from './model-failure.ts';

const textSchema = z.string().nullish();

/** Mistral's models answer a list; what is neither text nor thinking is skipped. */
const contentPartSchema = z.object({
  type: z.string(),
  text: textSchema,
  thinking: z
    .array(z.object({ text: textSchema }))
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
  refusal: z.string().nullish().catch(null),
  reasoning_content: textSchema,
  reasoning: textSchema,
  tool_calls: z.array(toolCallSchema).nullish(),
});

/** A chunk has choices, if only an empty list, or tells of an error. */
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: deltaSchema.nullish(), finish_reason: textSchema })).optional(),
  error: z.unknown().optional(),
});

type Delta = z.infer<typeof deltaSchema>;
type ToolCallDelta = z.infer<typeof toolCallSchema>;

interface ToolCall {
  id: string;
  name: string;
  input: string;
  thoughtSignature: string | null;
}

/** Reads the chunks of one answer. */
export class CompletionReader {
  readonly #emit: (part: LanguageModelV4StreamPart) => void;
  readonly #calls = new Map<number, ToolCall>();
  #open: 'text' | 'reasoning' | null = null;
  #finished = false;

  constructor(emit: (part: LanguageModelV4StreamPart) => void) {
    this.#emit = emit;
  }

  /** Takes the data of one event. Throws `ModelFailure` when it tells of an error, or is no chunk. */
  take(data: string): void {
    const { success, data: chunk } = chunkSchema.safeParse(readJson(data));
    if (chunk?.error) throw modelFailure(chunk.error);
    if (!success || !chunk?.choices) throw brokenOff();
    const [choice] = chunk.choices;
    if (choice?.delta) this.#takeDelta(choice.delta);
    if (choice?.finish_reason) this.#finished = true;
  }

  /** The stream is over. Throws `ModelFailure` when the answer isn't. */
  end(): void {
    this.#close();
    for (const { id, name, input, thoughtSignature } of this.#calls.values()) {
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
  #takeCall({ index, id, function: called, extra_content: extra }: ToolCallDelta): void {
    const key = index ?? (id || this.#calls.size === 0 ? this.#calls.size : this.#calls.size - 1);
    let call = this.#calls.get(key);
    if (!call) {
      this.#close();
      call = { id: id || randomUUID(), name: '', input: '', thoughtSignature: null };
      this.#calls.set(key, call);
      this.#emit({ type: 'tool-input-start', id: call.id, toolName: called?.name ?? '' });
    }
    call.name ||= called?.name ?? '';
    call.input += called?.arguments ?? '';
    call.thoughtSignature ??= extra?.google?.thought_signature ?? null;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenOff();
  }
}

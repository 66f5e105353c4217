// A language model's answer, put together from the parts of its stream.
import type { LanguageModelV4Message, LanguageModelV4StreamPart, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import { readJson } from './foreign-json.ts';
import { brokenOff, modelFailure } from './model-failure.ts';

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'];

/** A tool that the model wants to use. */
export interface ToolCall {
  toolCallId: string;
  toolName: string;
  /** Undefined when the model wrote no valid JSON. */
  input: unknown;
}

/** Who hears the text of an answer while it comes. */
export interface TextListener {
  /** A stretch of text begins. */
  onTextStart(): void;
  onText(text: string): void;
}

interface Block {
  type: 'text' | 'reasoning';
  text: string;
  providerOptions?: SharedV4ProviderMetadata;
}

/** An answer, growing. */
export class ModelAnswer {
  readonly calls: ToolCall[] = [];
  readonly #listener: TextListener;
  readonly #content: AssistantContent = [];
  readonly #blocks = new Map<string, Block>();

  constructor(listener: TextListener) {
    this.#listener = listener;
  }

  /** The answer as the model is told it when it is asked again. */
  get content(): AssistantContent {
    return this.#content.filter((part) => part.type !== 'text' || part.text !== '');
  }

  /** Whether there was any text. */
  get spoke(): boolean {
    return this.#content.some((part) => part.type === 'text' && part.text.trim() !== '');
  }

  /** Takes the next part of the stream. Throws `ModelFailure` when it tells of one. */
  take(part: LanguageModelV4StreamPart): void {
    switch (part.type) {
      case 'text-start':
        this.#listener.onTextStart();
        this.#begin('text', part.id);
        this.#extend('text', part);
        break;
      case 'text-delta':
        if (part.delta !== '') this.#listener.onText(part.delta);
        this.#extend('text', part);
        break;
      case 'text-end':
        this.#extend('text', part);
        break;
      case 'reasoning-start':
        this.#begin('reasoning', part.id);
        this.#extend('reasoning', part);
        break;
      case 'reasoning-delta':
      case 'reasoning-end':
        this.#extend('reasoning', part);
        break;
      case 'tool-call':
        this.#call(part);
        break;
      case 'error':
        throw modelFailure(part.error);
      case 'finish':
        if (['error', 'interrupted'].includes(part.finishReason.unified)) throw brokenOff();
        break;
      default:
    }
  }

  #begin(type: Block['type'], id: string): Block {
    const block: Block = { type, text: '' };
    this.#blocks.set(`${type} ${id}`, block);
    this.#content.push(block);
    return block;
  }

  #extend(
    type: Block['type'],
    { id, delta = '', providerMetadata }: { id: string; delta?: string; providerMetadata?: SharedV4ProviderMetadata },
  ): void {
    const block = this.#blocks.get(`${type} ${id}`) ?? this.#begin(type, id);
    block.text += delta;
    // Signatures and the like, which the provider wants to see again.
    if (providerMetadata) block.providerOptions = providerMetadata;
  }

  #call({
    toolCallId,
    toolName,
    input,
    providerMetadata,
  }: Extract<LanguageModelV4StreamPart, { type: 'tool-call' }>): void {
    const call: ToolCall = { toolCallId, toolName, input: readJson(input || '{}') };
    this.calls.push(call);
    this.#content.push({
      type: 'tool-call',
      ...call,
      input: call.input ?? {},
      ...(providerMetadata && { providerOptions: providerMetadata }),
    });
  }
}

// What a language model is to the agent: somebody who is asked, and whose answer is heard while it comes.
import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';

/** Who hears a model's answer. */
export interface PartListener {
  /** The model has taken the question, but said nothing yet. */
  onAccepted(): void;
  /** The next part, in the words of the AI SDK. What this throws ends the answer. */
  onPart(part: LanguageModelV4StreamPart): void;
}

/** A language model. */
export interface Model {
  /**
   * Asks once and listens to the end. Rejects with the AI SDK's errors, with `ModelFailure`, or with what the listener
   * threw.
   */
  ask(options: LanguageModelV4CallOptions, listener: PartListener): Promise<void>;
}

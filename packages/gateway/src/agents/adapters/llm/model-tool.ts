// What a language model may use.
import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider';

/** What became of the use of a tool. */
export type ToolOutcome =
  /** The model shall see this. */
  | { kind: 'result'; text: string }
  /** It failed; the model shall see why. */
  | { kind: 'failed'; text: string }
  /** The user sees it; there is nothing to tell the model. */
  | { kind: 'shown' }
  /** The agent's part in the conversation is over. */
  | { kind: 'over' };

/** A tool. */
export interface ModelTool {
  definition: LanguageModelV4FunctionTool;
  /** Uses it; failing is an outcome. Throws only when the signal aborts. */
  use(input: unknown, signal: AbortSignal): Promise<ToolOutcome>;
}

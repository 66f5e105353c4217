// `agents.<id>.chat`: what answers in text. What is left out is up to the agent's adapter.
import { z } from 'zod';
import { amount, duration, httpUrl, text, whole } from './value-schemas.ts';

export type ChatConfig = ScriptChatConfig | LlmChatConfig | WebhookChatConfig;

/** A script of intents and answers: a file, or the one that comes with Parley. */
export type ScriptChatConfig = { provider: 'script'; file: string } | { provider: 'script'; script: 'demo' };

/** A language model. */
export interface LlmChatConfig {
  provider: 'llm';
  /** `openai/…`, `anthropic/…`, `google/…`, or `compatible/…` for any endpoint that speaks chat completions. */
  model: string;
  instructions: string;
  /** Said at the start in place of a greeting of the model's own. */
  greeting?: string | undefined;
  baseUrl?: string | undefined;
  /** For `openai/…` the default is `OPENAI_API_KEY`. */
  apiKey?: string | undefined;
  temperature?: number | undefined;
  reasoning?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | undefined;
  /** Parley's own tools that the model may use; absent: all of them. */
  tools?: ToolName[] | undefined;
  mcpServers?: McpServerConfig[] | undefined;
  firstTokenTimeoutMs?: number | undefined;
  turnTimeoutMs?: number | undefined;
  toolTimeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  maxSteps?: number | undefined;
  historyLines?: number | undefined;
  historyCharacters?: number | undefined;
}

export type ToolName = 'handoff' | 'end' | 'suggestions' | 'attachments' | 'language' | 'call-actions';

/** A server of the Model Context Protocol. `context`: verified facts that its tools are given. */
export interface McpServerConfig {
  name: string;
  url: string;
  headers?: Record<string, string> | undefined;
  context?: string[] | undefined;
}

/** A program somewhere else that is asked for every turn. `secret` signs the requests. */
export interface WebhookChatConfig {
  provider: 'webhook';
  url: string;
  secret: string;
  firstPieceTimeoutMs?: number | undefined;
  turnTimeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  maxAnswerBytes?: number | undefined;
  historyLines?: number | undefined;
}

const script = z.discriminatedUnion('script', [
  z.strictObject({ provider: z.literal('script'), script: z.literal('demo') }),
  z.strictObject({ provider: z.literal('script'), script: z.undefined().optional(), file: text }),
]);

const llm = z.strictObject({
  provider: z.literal('llm'),
  model: z
    .string()
    .regex(
      /^(openai|anthropic|google|compatible)\/.+$/s,
      'must be openai/, anthropic/, google/ or compatible/ and a name',
    ),
  instructions: text,
  greeting: text.optional(),
  baseUrl: httpUrl.optional(),
  apiKey: text.optional(),
  temperature: amount(0).optional(),
  reasoning: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
  tools: z.array(z.enum(['handoff', 'end', 'suggestions', 'attachments', 'language', 'call-actions'])).optional(),
  mcpServers: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9_-]+$/, 'must consist of letters, digits, _ and -'),
        url: httpUrl,
        headers: z.record(z.string(), z.string()).optional(),
        context: z.array(text).optional(),
      }),
    )
    .optional(),
  firstTokenTimeoutMs: duration.optional(),
  turnTimeoutMs: duration.optional(),
  toolTimeoutMs: duration.optional(),
  maxRetries: whole(0).optional(),
  maxSteps: whole(1).optional(),
  historyLines: whole(0).optional(),
  historyCharacters: whole(0).optional(),
});

const webhook = z.strictObject({
  provider: z.literal('webhook'),
  url: httpUrl,
  secret: text,
  firstPieceTimeoutMs: duration.optional(),
  turnTimeoutMs: duration.optional(),
  maxRetries: whole(0).optional(),
  maxAnswerBytes: whole(1).optional(),
  historyLines: whole(0).optional(),
});

export const chatSchema: z.ZodType<ChatConfig> = z.discriminatedUnion('provider', [script, llm, webhook]);

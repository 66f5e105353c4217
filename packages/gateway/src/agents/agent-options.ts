// What a configuration says of an agent, provider by provider, and what agents need from the gateway.
import type { Clock, Log, Timers } from '../kit/index.ts';
import type { ChatAgent } from './ports/chat-agent.ts';
import type { HandoffDefaults } from './reply-part.ts';

/** An agent that follows a script file; `script: demo` is the one that comes with Parley. */
export type ScriptOptions = { provider: 'script'; file: string } | { provider: 'script'; script: 'demo' };

/** The tools of Parley that a language model may use. */
export type ToolName = 'handoff' | 'end' | 'suggestions' | 'attachments' | 'language' | 'call-actions';

/** A server of the Model Context Protocol (streamable HTTP) whose tools a language model may use. */
export interface McpServerOptions {
  /** Stands before the names of its tools. Letters, digits, `_` and `-`. */
  name: string;
  url: string;
  headers?: Record<string, string> | undefined;
  /**
   * Names of verified facts about the user. Tools that take an argument of such a name get the fact; the model
   * neither sees the argument nor the fact.
   */
  context?: readonly string[] | undefined;
}

/** An agent that is a language model. */
export interface LlmOptions {
  /** `openai/…`, `anthropic/…`, `google/…`, or `compatible/…` for any other endpoint that speaks chat completions. */
  model: string;
  instructions: string;
  /** The first message of a conversation; without it the model greets. */
  greeting?: string | undefined;
  /** Where the provider's API lies. With `openai/…` this means chat completions at that address. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  temperature?: number | undefined;
  /** How hard a reasoning model thinks; the provider's default otherwise. */
  reasoning?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | undefined;
  /** Default: all. */
  tools?: readonly ToolName[] | undefined;
  mcpServers?: readonly McpServerOptions[] | undefined;
  /** From the start of the turn to the first token. Default 20,000. */
  firstTokenTimeoutMs?: number | undefined;
  /** For the whole turn. Default 60,000. */
  turnTimeoutMs?: number | undefined;
  /** For connecting to an MCP server and for one call of a tool. Default 15,000. */
  toolTimeoutMs?: number | undefined;
  /** How often a refused call is tried again. Default 2. */
  maxRetries?: number | undefined;
  /** How many times the model may be asked in one turn, each time with the results of its tools. Default 8. */
  maxSteps?: number | undefined;
  /** How many of the last lines of the conversation the model sees. Default 100. */
  historyLines?: number | undefined;
  /** How many characters these lines may have together. Default 40,000. */
  historyCharacters?: number | undefined;
}

/** An agent that is a program behind a URL. */
export interface WebhookOptions {
  url: string;
  /** Signs the requests. */
  secret: string;
  /** From the start of the turn to the first part of the answer. Default 20,000. */
  firstPieceTimeoutMs?: number | undefined;
  /** For the whole turn. Default 60,000. */
  turnTimeoutMs?: number | undefined;
  /** How often a refused request is tried again. Default 2. */
  maxRetries?: number | undefined;
  /** The largest answer. Default 1 MiB. */
  maxAnswerBytes?: number | undefined;
  /** How many of the last lines of the conversation are sent. Default 200. */
  historyLines?: number | undefined;
}

/** Any agent, as configured. */
export type AgentOptions =
  | ScriptOptions
  | ({ provider: 'llm' } & LlmOptions)
  | ({ provider: 'webhook' } & WebhookOptions);

/** What agents need from the gateway. */
export interface AgentParts {
  timers: Timers;
  clock: Clock;
  log: Log;
  /** What a hand-off says where the agent says nothing. */
  handoff?: HandoffDefaults | undefined;
  /** How vendors' own models, webhooks and MCP servers are asked; Node's `fetch` otherwise. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** An agent with something to close. */
export interface ClosableAgent extends ChatAgent {
  /** What users are expected to say, where the agent knows: a recogniser with a small vocabulary listens for it. */
  readonly phrases: readonly string[];
  /** Lets go of connections. Turns that are under way should have been aborted before. */
  close(): Promise<void>;
}

/** Options that can't work. The message says which, on one line. */
export class AgentOptionsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AgentOptionsError';
  }
}

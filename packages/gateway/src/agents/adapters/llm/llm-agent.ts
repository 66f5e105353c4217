// The agent that is a language model: instructions and the conversation go in, text and the use of tools come out.
import type { LanguageModelV4Message } from '@ai-sdk/provider';
import type { AgentParts, ClosableAgent, LlmOptions } from '../../agent-options.ts';
import { mustAnswer } from '../../must-answer.ts';
import { PieceQueue } from '../../piece-queue.ts';
import type { AgentTurn, LentTool, Piece } from '../../ports/chat-agent.ts';
import { recentHistory } from '../../recent-history.ts';
import { piecesOf } from '../../reply-part.ts';
import { limitTurn, type TurnLimits } from '../../turn-limits.ts';
import { askModel } from './ask-model.ts';
import { toolsOfConversation } from './conversation-tools.ts';
import { languageModel } from './language-model.ts';
import { McpTools } from './mcp-tools.ts';
import type { TextListener, ToolCall } from './model-answer.ts';
import type { ModelTool, ToolOutcome } from './model-tool.ts';
import { promptFor } from './prompt.ts';

/** Makes an agent from a language model. Throws `AgentOptionsError` for options that can't work. */
export function createLlmAgent(options: LlmOptions, parts: AgentParts): ClosableAgent {
  const { firstTokenTimeoutMs = 20_000, turnTimeoutMs = 60_000, toolTimeoutMs = 15_000 } = options;
  const { maxRetries = 2, maxSteps = 8, historyLines = 100, historyCharacters = 40_000 } = options;
  const { temperature, reasoning } = options;
  const model = languageModel(options, parts);
  const mcp = new McpTools(options.mcpServers ?? [], { ...parts, timeoutMs: toolTimeoutMs });

  /** Puts the pieces of a turn into the queue: text as the model speaks, the rest as it uses its tools. */
  async function run(turn: AgentTurn, queue: PieceQueue, limits: TurnLimits): Promise<void> {
    const history = recentHistory(turn.history, { lines: historyLines, characters: historyCharacters });
    const prompt = promptFor(turn, options.instructions, history);
    const ownTools = toolsOfConversation(options.tools, (part) => {
      for (const piece of piecesOf(part, parts.handoff)) queue.push(piece);
    });
    const tools = [...ownTools, ...(await mcp.forTurn(turn.session.context))];
    const listener = {
      onAccepted: () => queue.push({ kind: 'thinking' }),
      onBegun: () => limits.begun(),
      ...paragraphs((text) => queue.push({ kind: 'text', text })),
    };

    for (let step = 1; step <= maxSteps; step++) {
      const answer = await askModel({
        ...parts,
        model,
        retries: maxRetries,
        signal: limits.signal,
        listener,
        options: {
          prompt,
          abortSignal: limits.signal,
          providerOptions: { openai: { store: false } },
          ...(temperature !== undefined && { temperature }),
          ...(reasoning !== undefined && { reasoning }),
          ...(tools.length > 0 && {
            tools: tools.map(({ definition }) => definition),
            // The last step must answer.
            toolChoice: { type: step === maxSteps ? 'none' : 'auto' },
          }),
        },
      });
      const outcomes = await Promise.all(answer.calls.map((call) => useTool(tools, call, limits.signal)));
      if (isComplete(outcomes, answer.spoke)) return;
      prompt.push({ role: 'assistant', content: answer.content }, toolResults(answer.calls, outcomes));
    }
  }

  async function* ask(turn: AgentTurn, signal: AbortSignal): AsyncGenerator<Piece> {
    const limits = limitTurn({ timers: parts.timers, signal, beginMs: firstTokenTimeoutMs, totalMs: turnTimeoutMs });
    const queue = new PieceQueue();
    limits.signal.addEventListener('abort', () => queue.fail(limits.signal.reason));
    run(turn, queue, limits).then(
      () => queue.end(),
      (error: unknown) => queue.fail(error),
    );
    try {
      yield* queue;
    } finally {
      limits.end();
    }
  }

  async function* greet(greeting: string): AsyncGenerator<Piece> {
    yield { kind: 'text', text: greeting };
  }

  return {
    respond(turn, signal) {
      if (turn.input.kind === 'start' && options.greeting) return greet(options.greeting);
      return mustAnswer(turn.input, ask(turn, signal));
    },
    phrases: [],
    lendTools: async (facts) => (await mcp.forTurn(facts)).map(lent),
    close: () => mcp.close(),
  };
}

async function useTool(tools: readonly ModelTool[], call: ToolCall, signal: AbortSignal): Promise<ToolOutcome> {
  const tool = tools.find(({ definition }) => definition.name === call.toolName);
  if (!tool) return { kind: 'failed', text: 'There is no such tool.' };
  if (call.input === undefined) return { kind: 'failed', text: 'The input is not valid JSON.' };
  return tool.use(call.input, signal);
}

function lent(tool: ModelTool): LentTool {
  const { name, description = '', inputSchema } = tool.definition;
  return {
    name,
    description,
    parameters: inputSchema as Record<string, unknown>,
    async use(input, signal) {
      const outcome = await tool.use(input, signal);
      if (outcome.kind === 'failed') throw new Error(outcome.text);
      return 'text' in outcome ? outcome.text : 'done';
    },
  };
}

/** Whether the model has no more to say: it used no tools, or ended its part, or only showed something with its text. */
function isComplete(outcomes: readonly ToolOutcome[], spoke: boolean): boolean {
  return outcomes.some(({ kind }) => kind === 'over') || outcomes.every(({ kind }) => kind === 'shown' && spoke);
}

function toolResults(calls: readonly ToolCall[], outcomes: readonly ToolOutcome[]): LanguageModelV4Message {
  return {
    role: 'tool',
    content: calls.map(({ toolCallId, toolName }, index) => {
      const outcome = outcomes[index];
      const value = outcome && 'text' in outcome ? outcome.text : 'done';
      const type = outcome?.kind === 'failed' ? 'error-text' : 'text';
      return { type: 'tool-result', toolCallId, toolName, output: { type, value } };
    }),
  };
}

/** Makes every stretch of text a paragraph of its own: what a model says after it used a tool, for instance. */
function paragraphs(say: (text: string) => void): TextListener {
  let said = '';
  let gap = '';
  return {
    onTextStart() {
      gap = /\S$/.test(said) ? '\n\n' : '';
    },
    onText(text) {
      say(gap + text);
      said = text;
      gap = '';
    },
  };
}

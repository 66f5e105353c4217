// The agent that is a language model: instructions and the conversation go in, text and calls of tools come out.
import { isStepCount, type StopCondition, streamText, type ToolSet } from 'ai';
import type { AgentParts, ClosableAgent, LlmOptions } from '../../agent-options.ts';
import { mustAnswer } from '../../must-answer.ts';
import type { AgentTurn, Piece } from '../../ports/chat-agent.ts';
import { recentHistory } from '../../recent-history.ts';
import { limitTurn } from '../../turn-limits.ts';
import { conversationToolSet, partOfCall } from './conversation-tools.ts';
import { languageModel } from './language-model.ts';
import { McpTools } from './mcp-tools.ts';
import { modelFailure } from './model-failure.ts';
import { patientModel } from './patient-model.ts';
import { instructionsFor, messagesFor } from './prompt.ts';
import { streamPieces } from './stream-pieces.ts';

/** Makes an agent from a language model. Throws `AgentOptionsError` for options that can't work. */
export function createLlmAgent(options: LlmOptions, parts: AgentParts): ClosableAgent {
  const { firstTokenTimeoutMs = 20_000, turnTimeoutMs = 60_000, toolTimeoutMs = 15_000 } = options;
  const { maxRetries = 2, maxSteps = 8, historyLines = 100, historyCharacters = 40_000 } = options;
  const { temperature, reasoning } = options;
  const model = languageModel(options, parts.fetch ?? fetch);
  const mcp = new McpTools(options.mcpServers ?? [], { ...parts, connectTimeoutMs: toolTimeoutMs });
  const ownTools = conversationToolSet(options.tools);

  async function* ask(turn: AgentTurn, signal: AbortSignal): AsyncGenerator<Piece> {
    const limits = limitTurn({ timers: parts.timers, signal, beginMs: firstTokenTimeoutMs, totalMs: turnTimeoutMs });
    const accepted = Promise.withResolvers<void>();
    const history = recentHistory(turn.history, { lines: historyLines, characters: historyCharacters });
    try {
      const { stream } = streamText({
        model: patientModel(model, {
          ...parts,
          retries: maxRetries,
          signal: limits.signal,
          onAccepted: accepted.resolve,
          onFirstToken: () => limits.begun(),
        }),
        instructions: instructionsFor(turn, options.instructions),
        messages: messagesFor(turn.input, history),
        tools: { ...ownTools, ...(await mcp.forTurn(turn.session.context)) },
        stopWhen: [isStepCount(maxSteps), hasShownAfterText],
        // The last step must answer.
        prepareStep: ({ stepNumber }) => (stepNumber === maxSteps - 1 ? { toolChoice: 'none' } : undefined),
        abortSignal: limits.signal,
        timeout: { toolMs: toolTimeoutMs },
        maxRetries: 0,
        providerOptions: { openai: { store: false } },
        // Without a listener the SDK prints errors, and with them the prompt.
        onError: () => {},
        ...(temperature !== undefined && { temperature }),
        ...(reasoning !== undefined && { reasoning }),
      });
      yield* streamPieces(stream, { accepted: accepted.promise, handoff: parts.handoff });
    } catch (error) {
      throw limits.signal.aborted ? limits.signal.reason : modelFailure(error);
    } finally {
      limits.end();
    }
  }

  async function* greet(greeting: string): AsyncGenerator<Piece> {
    yield { kind: 'text', text: greeting };
  }

  return {
    respond({ input, ...turn }, signal) {
      if (input.kind === 'start' && options.greeting) return greet(options.greeting);
      return mustAnswer(input, ask({ input, ...turn }, signal));
    },
    close: () => mcp.close(),
  };
}

/** The model has spoken, and its tools only showed something: there is nothing more to wait for. */
const hasShownAfterText: StopCondition<ToolSet> = ({ steps }) => {
  const step = steps.at(-1);
  if (!step || step.text.trim() === '') return false;
  return step.toolCalls.every((call) => !call.invalid && partOfCall(call.toolName, call.input) !== null);
};

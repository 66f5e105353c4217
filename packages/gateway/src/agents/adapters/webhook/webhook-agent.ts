// The agent that is a program of the integrator: a turn is posted to a URL, the reply comes back as JSON or as
// server-sent events.
import { sign } from '../../../kit/index.ts';
import type { AgentParts, ClosableAgent, WebhookOptions } from '../../agent-options.ts';
import { mustAnswer } from '../../must-answer.ts';
import { AgentError, type AgentTurn, type Piece } from '../../ports/chat-agent.ts';
import { recentHistory } from '../../recent-history.ts';
import { piecesOf } from '../../reply-part.ts';
import { limitTurn } from '../../turn-limits.ts';
import { type RetryAdvice, withRetries } from '../../with-retries.ts';
import { answerParts } from './answer-parts.ts';
import { wireTurn } from './webhook-wire.ts';

const historyCharacters = 200_000;

/** A request that wasn't answered with success; `retryAfter` is what the program asked for. */
class Refusal extends Error {
  readonly status: number;
  readonly retryAfter: string | null;

  constructor({ status, headers }: Response) {
    super(`the webhook answered ${status}`);
    this.status = status;
    this.retryAfter = headers.get('retry-after');
  }
}

/** Makes an agent from a URL. It keeps nothing between turns. */
export function createWebhookAgent(options: WebhookOptions, parts: AgentParts): ClosableAgent {
  const { url, secret, maxRetries = 2, maxAnswerBytes = 1024 * 1024 } = options;
  const send = parts.fetch ?? fetch;

  async function post(turn: AgentTurn, body: string, signal: AbortSignal): Promise<Response> {
    const response = await send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'x-parley-turn': turn.turnId,
        'x-parley-signature': sign(body, secret, parts.clock.nowMs()),
      },
      body,
      // A signed turn goes where the operator said, and nowhere else.
      redirect: 'manual',
      signal,
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw new Refusal(response);
  }

  async function* ask(turn: AgentTurn, signal: AbortSignal): AsyncGenerator<Piece> {
    const { firstPieceTimeoutMs = 20_000, turnTimeoutMs = 60_000, historyLines = 200 } = options;
    const limits = limitTurn({ timers: parts.timers, signal, beginMs: firstPieceTimeoutMs, totalMs: turnTimeoutMs });
    const history = recentHistory(turn.history, { lines: historyLines, characters: historyCharacters });
    const body = JSON.stringify(wireTurn(turn, history));
    try {
      const response = await withRetries(() => post(turn, body, limits.signal), {
        retries: maxRetries,
        advice,
        timers: parts.timers,
        clock: parts.clock,
        signal: limits.signal,
      }).catch((error: unknown) => Promise.reject(refused(error)));
      yield { kind: 'thinking' };
      for await (const part of answerParts(response, maxAnswerBytes)) {
        limits.begun();
        yield* piecesOf(part, parts.handoff);
      }
    } catch (error) {
      throw limits.signal.aborted ? limits.signal.reason : error;
    } finally {
      limits.end();
    }
  }

  return {
    respond: (turn, signal) => mustAnswer(turn.input, ask(turn, signal)),
    phrases: [],
    close: async () => {},
  };
}

function advice(error: unknown): RetryAdvice {
  if (!(error instanceof Refusal)) return { retry: true, retryAfter: null };
  if (error.status !== 429 && error.status !== 503) return { retry: false };
  return { retry: true, retryAfter: error.retryAfter };
}

function refused(error: unknown): AgentError {
  if (!(error instanceof Refusal)) return new AgentError('no-reply', "the webhook can't be reached", { cause: error });
  return new AgentError([429, 503, 529].includes(error.status) ? 'overloaded' : 'no-reply', error.message);
}

// The turn-based door to sessions: programs that keep no socket open send a request per turn and get the whole answer.
import { chatErrors, encodeChatError, encodeHandoffStateError, handoffStateErrors } from '@parley/protocol';
import type { WireError } from '@parley/protocol';
import type { ChatApiParts } from './chat-api-parts.ts';
import { ChatFailure } from './chat-failure.ts';
import type { ChatAnswer, ChatRequest } from './chat-request.ts';
import { close } from './close.ts';
import { create } from './create.ts';
import { handoffState } from './handoff-state.ts';
import { respond } from './respond.ts';
import { createTurnCollectors } from './turn-collector.ts';

const DEFAULT_TURN_TIMEOUT_MS = 60_000;

/** The operations. None of them rejects: whatever happens is an answer. */
export interface ChatApi {
  /** `POST /v1/{account}/{project}/chat/create` */
  create(request: ChatRequest): Promise<ChatAnswer>;
  /** `POST /v1/{account}/{project}/chat/respond` */
  respond(request: ChatRequest): Promise<ChatAnswer>;
  /** `PUT /v1/{account}/{project}/chat/close` */
  close(request: ChatRequest): Promise<ChatAnswer>;
  /** `GET /v1/{account}/{project}/handoff_state` */
  handoffState(request: ChatRequest): Promise<ChatAnswer>;
}

/** How an operation fails: the error nobody expected, and the body of any. */
interface Failing {
  unexpected: WireError;
  encode(error: WireError, options: { errorId: string }): string;
}

const chatFailing: Failing = { unexpected: chatErrors.internal, encode: encodeChatError };
const handoffStateFailing: Failing = { unexpected: handoffStateErrors.internal, encode: encodeHandoffStateError };

/** Creates the Chat API. Who gave up a request doesn't stop it: a turn that began is taken to its end. */
export function createChatApi(parts: ChatApiParts): ChatApi {
  const { turnTimeoutMs = DEFAULT_TURN_TIMEOUT_MS, log, timers } = parts;
  const house = { ...parts, collectors: createTurnCollectors({ timers, timeoutMs: turnTimeoutMs }) };
  const requests = parts.meter.counter({
    name: 'parley_chat_api_requests_total',
    help: 'Requests of the Chat API, by operation and status of the answer',
    labels: ['operation', 'status'],
  });

  function operation(
    name: keyof ChatApi,
    carryOut: (request: ChatRequest, parts: typeof house) => Promise<string>,
    failing: Failing = chatFailing,
  ): (request: ChatRequest) => Promise<ChatAnswer> {
    return async (request) => {
      const answer = await carryOut(request, house).then(
        (body): ChatAnswer => ({ status: 200, body }),
        (error: unknown) => failed(error, { request, name, failing }),
      );
      requests.add(1, { operation: name, status: String(answer.status) });
      return answer;
    };
  }

  function failed(
    thrown: unknown,
    { request, name, failing }: { request: ChatRequest; name: keyof ChatApi; failing: Failing },
  ): ChatAnswer {
    const failure = thrown instanceof ChatFailure ? thrown : new ChatFailure(failing.unexpected);
    const { error, retryAfterSeconds } = failure;
    const { correlationId, clientAddress: address } = request;
    const facts = { correlationId, operation: name, status: error.status, code: error.code, address };
    if (failure === thrown) log.info(facts, 'A request of the Chat API was refused');
    else log.error({ ...facts, err: thrown }, 'A request of the Chat API failed');
    return {
      status: error.status,
      body: failing.encode(error, { errorId: correlationId }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }

  return {
    create: operation('create', create),
    respond: operation('respond', respond),
    close: operation('close', close),
    handoffState: operation('handoffState', handoffState, handoffStateFailing),
  };
}

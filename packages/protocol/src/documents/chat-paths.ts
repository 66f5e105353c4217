// What integrators call over HTTP, for the OpenAPI document: the Chat API and the hand-off state.
import {
  encodeChatCloseAnswer,
  encodeChatCloseRequest,
  encodeChatCreateAnswer,
  encodeChatCreateRequest,
  encodeChatRespondAnswer,
  encodeChatRespondRequest,
} from '../chat-api.ts';
import { chatErrors, encodeChatError } from '../chat-errors.ts';
import { encodeHandoffState, encodeHandoffStateError, handoffStateErrors } from '../handoff-state.ts';
import type { WireError } from '../rest-errors.ts';
import { answer, errorAnswers, refTo, requestBody } from './openapi-parts.ts';
import type { ErrorBodies, Part } from './openapi-parts.ts';

const chatErrorBodies: ErrorBodies = {
  schema: 'ChatError',
  encode: (error) => encodeChatError(error, { errorId: 'b9f3c8a4-0f5c-4d0e-8d53-7f4a1f5c6e20' }),
};
const conversationId = 'CONV-5d2f4c0e8f0b';
const project = [refTo('parameters', 'AccountId'), refTo('parameters', 'ProjectId')];

/** Errors that any call of the Chat API may meet. */
const common = [
  chatErrors.invalidBody,
  chatErrors.invalidApiKey,
  chatErrors.invalidToken,
  chatErrors.forbidden,
  chatErrors.accountNotFound,
  chatErrors.projectNotFound,
  chatErrors.rateLimited,
  chatErrors.internal,
];

/** Create, respond, close, and the hand-off state. */
export function chatPaths(): Record<string, Part> {
  return {
    '/v1/{account_id}/{project_id}/chat/create': { post: create() },
    '/v1/{account_id}/{project_id}/chat/respond': { post: respond() },
    '/v1/{account_id}/{project_id}/chat/close': { put: close() },
    '/v1/{account_id}/{project_id}/handoff_state': { get: handoffState() },
  };
}

function create(): Part {
  return {
    ...chatOperation('createChat', 'Begins a conversation and answers with the greeting.'),
    requestBody: requestBody(
      'ChatCreateRequest',
      encodeChatCreateRequest({ channel: 'api', integrationAttributes: { customerTier: 'gold' } }),
    ),
    responses: {
      200: answer(
        'The conversation.',
        'ChatCreateAnswer',
        encodeChatCreateAnswer({ conversationId, response: 'Hello, how can I help?' }),
      ),
      ...chatErrorAnswers([
        chatErrors.invalidConversation,
        chatErrors.draftNotFound,
        chatErrors.timedOut,
        chatErrors.deploymentFailed,
      ]),
    },
  };
}

function respond(): Part {
  return {
    ...chatOperation('respondInChat', "Takes one turn and answers with the agent's reply."),
    requestBody: requestBody(
      'ChatRespondRequest',
      encodeChatRespondRequest({ conversationId, message: 'I would like to talk to somebody.' }),
      true,
    ),
    responses: {
      200: answer(
        'The reply.',
        'ChatRespondAnswer',
        encodeChatRespondAnswer({
          conversationId,
          response: 'I will connect you.',
          endConversation: true,
          handoff: { destination: 'General Support', reason: 'AGENT_DECISION' },
        }),
      ),
      ...chatErrorAnswers([chatErrors.conversationNotFound, chatErrors.conversationEnded, chatErrors.timedOut]),
    },
  };
}

function close(): Part {
  return {
    ...chatOperation('closeChat', 'Ends a conversation. Closing it again is no error.'),
    requestBody: requestBody('ChatCloseRequest', encodeChatCloseRequest({ conversationId }), true),
    responses: {
      200: answer('It is closed.', 'ChatCloseAnswer', encodeChatCloseAnswer({ success: true })),
      ...chatErrorAnswers([chatErrors.conversationNotFound]),
    },
  };
}

function handoffState(): Part {
  return {
    operationId: 'getHandoffState',
    tags: ['Chat API'],
    summary: 'What the agent left for whoever takes the conversation over. `shared_id` wins over `id`.',
    security: [{ apiKey: [] }],
    parameters: [...project, refTo('parameters', 'ConversationId'), refTo('parameters', 'SharedId')],
    responses: {
      200: answer(
        'The state.',
        'HandoffState',
        encodeHandoffState({ id: conversationId, sharedId: 'order-1042', data: { orderNumber: '1042' } }),
      ),
      ...errorAnswers(Object.values(handoffStateErrors), {
        schema: 'HandoffStateError',
        encode: encodeHandoffStateError,
      }),
    },
  };
}

function chatOperation(operationId: string, summary: string): Part {
  return {
    operationId,
    tags: ['Chat API'],
    summary,
    security: [{ apiKey: [], connectorToken: [] }],
    parameters: [...project, refTo('parameters', 'CorrelationId')],
  };
}

function chatErrorAnswers(errors: readonly WireError[]): Record<string, Part> {
  return errorAnswers([...common, ...errors], chatErrorBodies);
}

// What a messaging client calls over HTTP, for the OpenAPI document.
import {
  encodeAccessTokenAnswer,
  encodeAccessTokenRequest,
  encodeContextSubmission,
  encodeSessionAnswer,
  encodeSessionRequest,
} from '../rest-bodies.ts';
import { encodeRestError, restErrors } from '../rest-errors.ts';
import { answer, bareAnswer, errorAnswers, refTo, requestBody } from './openapi-parts.ts';
import type { ErrorBodies, Part } from './openapi-parts.ts';

const errorBodies: ErrorBodies = {
  schema: 'Error',
  encode: (error) => encodeRestError(error, { errorId: '4c0e0f57-6f7e-4c1b-a0a5-4a37c2d3a1fb' }),
};
const exampleToken = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LTEifQ.c2lnbmF0dXJl';
const exampleSession = '0f6e2b52-3a0e-4c53-9d2c-6f0f6a1f7c11';

/** Tokens, sessions, verified context and the handshake of the socket. */
export function messagingPaths(): Record<string, Part> {
  return {
    '/api/v1/access-token': { post: accessToken() },
    '/api/v1/sessions': { post: sessions() },
    '/api/v1/sessions/{session_id}/context': { post: context() },
    '/ws': { get: socket() },
  };
}

function accessToken(): Part {
  return {
    operationId: 'createAccessToken',
    tags: ['Messaging'],
    summary: 'Exchanges a connector token for an access token of a new user.',
    security: [{ connectorToken: [] }],
    parameters: [refTo('parameters', 'Host'), refTo('parameters', 'CorrelationId')],
    requestBody: requestBody('AccessTokenRequest', encodeAccessTokenRequest({})),
    responses: {
      200: answer(
        'A token.',
        'AccessTokenAnswer',
        encodeAccessTokenAnswer({ accessToken: exampleToken, expiresIn: 86_400, tokenType: 'Bearer' }),
      ),
      ...errorAnswers(
        [
          restErrors.missingAuthenticationHeaders,
          restErrors.unknownConnector,
          restErrors.connectorWithoutHost,
          restErrors.hostMismatch,
          restErrors.unparsableRequest,
          restErrors.bodyTooLarge,
          restErrors.rateLimited,
          restErrors.accessTokenFailed,
          restErrors.unavailable,
        ],
        errorBodies,
      ),
    },
  };
}

function sessions(): Part {
  return {
    operationId: 'createSession',
    tags: ['Messaging'],
    summary: 'Creates a session; its conversation begins when a client asks for the agent.',
    security: [{ accessToken: [] }],
    parameters: [refTo('parameters', 'CorrelationId')],
    requestBody: requestBody(
      'SessionRequest',
      encodeSessionRequest({ streamingEnabled: true, platform: 'ios', deviceType: 'mobile' }),
    ),
    responses: {
      200: answer('The session.', 'SessionAnswer', encodeSessionAnswer({ sessionId: exampleSession })),
      ...errorAnswers(
        [
          restErrors.missingAccessToken,
          restErrors.missingAuthenticationHeaders,
          restErrors.invalidAccessToken,
          restErrors.unparsableRequest,
          restErrors.bodyTooLarge,
          restErrors.rateLimited,
          restErrors.noAgent,
          restErrors.sessionFailed,
          restErrors.unavailable,
        ],
        errorBodies,
      ),
    },
  };
}

function context(): Part {
  return {
    operationId: 'submitContext',
    tags: ['Messaging'],
    summary: 'Gives the session facts about its user, signed by the integrator. The last ones count.',
    security: [{ accessToken: [] }],
    parameters: [refTo('parameters', 'SessionId'), refTo('parameters', 'CorrelationId')],
    requestBody: requestBody('ContextSubmission', encodeContextSubmission({ token: exampleToken }), true),
    responses: {
      204: bareAnswer('The facts are stored.'),
      ...errorAnswers(
        [
          restErrors.missingAccessToken,
          restErrors.missingAuthenticationHeaders,
          restErrors.invalidAccessToken,
          restErrors.unparsableRequest,
          restErrors.contextRefused,
          restErrors.sessionNotFound,
          restErrors.contextTooLarge,
          restErrors.rateLimited,
        ],
        errorBodies,
      ),
    },
  };
}

function socket(): Part {
  return {
    operationId: 'openSocket',
    tags: ['Messaging'],
    summary: "Opens the session's WebSocket; its frames are described by `/docs/asyncapi.json`.",
    security: [{ accessTokenQuery: [] }, { authTokenQuery: [] }],
    parameters: [refTo('parameters', 'SessionIdQuery'), refTo('parameters', 'Cursor')],
    responses: {
      101: { description: 'The socket is open.' },
      ...errorAnswers(
        [
          restErrors.invalidConnectionParameters,
          restErrors.authenticationFailed,
          restErrors.sessionNotFound,
          restErrors.upgradeRequired,
          restErrors.connectionLimit,
          restErrors.rateLimited,
        ],
        errorBodies,
      ),
    },
  };
}

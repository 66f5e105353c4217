// Every error that REST and the socket's handshake may answer with. Clients compare the texts word for word.
import { z } from 'zod';
import { parseJsonObject } from './json-object.ts';

/** An error as it is answered over HTTP. */
export interface WireError {
  readonly status: number;
  /** For people and for clients that compare texts. */
  readonly text: string;
  /** For programs. */
  readonly code: string;
}

/** The closed list, by name. 401 and 403 make SDKs give up for good; 5xx and 429 make them try again. */
export const restErrors = {
  // Access tokens
  missingAuthenticationHeaders: {
    status: 401,
    text: 'Missing authentication headers',
    code: 'AUTH_HEADERS_MISSING',
  },
  unknownConnector: { status: 401, text: 'Connector token does not exist', code: 'CONNECTOR_NOT_FOUND' },
  connectorWithoutHost: { status: 401, text: 'Connector missing host domain', code: 'CONNECTOR_HOST_MISSING' },
  hostMismatch: { status: 401, text: 'Failed to validate connector', code: 'CONNECTOR_HOST_MISMATCH' },
  accessTokenFailed: { status: 500, text: 'Failed to create access token', code: 'ACCESS_TOKEN_FAILED' },

  // Sessions
  missingAccessToken: { status: 400, text: 'Missing access token', code: 'ACCESS_TOKEN_MISSING' },
  invalidAccessToken: { status: 401, text: 'Invalid access token', code: 'ACCESS_TOKEN_INVALID' },
  unparsableRequest: { status: 400, text: 'Error parsing request', code: 'SCHEMA_VALIDATION_FAILED' },
  noAgent: {
    status: 400,
    text: 'Unable to get agent details from connector service',
    code: 'AGENT_NOT_FOUND',
  },
  sessionFailed: { status: 500, text: 'Failed to create session', code: 'SESSION_FAILED' },

  // The handshake of the socket
  invalidConnectionParameters: {
    status: 400,
    text: 'invalid connection parameters',
    code: 'CONNECTION_PARAMETERS_INVALID',
  },
  authenticationFailed: { status: 401, text: 'authentication failed', code: 'AUTHENTICATION_FAILED' },
  sessionNotFound: { status: 404, text: 'session not found', code: 'SESSION_NOT_FOUND' },
  connectionLimit: {
    status: 429,
    text: 'connection limit exceeded for session',
    code: 'CONNECTION_LIMIT_EXCEEDED',
  },
  upgradeRequired: { status: 426, text: 'WebSocket upgrade required', code: 'UPGRADE_REQUIRED' },

  // Verified context. A refused token is told nothing about the reason.
  contextRefused: { status: 401, text: 'Context refused', code: 'CONTEXT_REFUSED' },
  contextTooLarge: { status: 413, text: 'Context too large', code: 'CONTEXT_TOO_LARGE' },

  // ICE servers
  invalidAuthToken: { status: 401, text: 'invalid auth token', code: 'AUTH_TOKEN_INVALID' },

  // Anywhere
  rateLimited: { status: 429, text: 'Rate limit exceeded', code: 'RATE_LIMITED' },
  notFound: { status: 404, text: 'Not found', code: 'NOT_FOUND' },
  methodNotAllowed: { status: 405, text: 'Method not allowed', code: 'METHOD_NOT_ALLOWED' },
  bodyTooLarge: { status: 413, text: 'Request body too large', code: 'BODY_TOO_LARGE' },
  internal: { status: 500, text: 'Internal server error', code: 'INTERNAL_ERROR' },
  unavailable: { status: 503, text: 'Service unavailable', code: 'SERVICE_UNAVAILABLE' },
} as const satisfies Record<string, WireError>;

/** The name of an error of REST or the handshake. */
export type RestErrorName = keyof typeof restErrors;

/** The body of an error: a superset of what the several families of clients look for. */
export const errorBodySchema = z.object({
  success: z.literal(false),
  error: z.string(),
  message: z.string(),
  errorMessage: z.string(),
  errorCode: z.string(),
  errorId: z.string().describe('The correlation id of the request.'),
  data: z.null(),
});
export type ErrorBody = z.output<typeof errorBodySchema>;

/** Writes the body of an error. `errorId` is the correlation id of the request, `data` what an API adds of its own. */
export function encodeRestError(
  { text, code }: WireError,
  { errorId, data = null }: { errorId: string; data?: object | null },
): string {
  return JSON.stringify({
    success: false,
    error: text,
    message: text,
    error_message: text,
    error_code: code,
    error_id: errorId,
    data,
  });
}

/** The text of an error's body: the first of `message` and `error` that says something, as in the SDKs. */
export function restErrorText(body: string): string | undefined {
  const { message, error } = parseJsonObject(body) ?? {};
  return [message, error].find((text): text is string => typeof text === 'string' && text !== '');
}

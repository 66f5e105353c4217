// Everything Parley answers over HTTP as an OpenAPI 3.1 document, made from the schemas that the codecs use.
import { deskHeader } from '../desk/desk-bodies.ts';
import { wireVersion } from '../wire-version.ts';
import { bodySchemas } from './body-schemas.ts';
import { chatPaths } from './chat-paths.ts';
import { deskBridgePaths, deskBridgeWebhooks } from './desk-bridge-paths.ts';
import { deskPaths } from './desk-paths.ts';
import type { DocumentOptions } from './document-options.ts';
import { messagingPaths } from './messaging-paths.ts';
import type { Part } from './openapi-parts.ts';
import { operationsPaths } from './operations-paths.ts';
import { voicePaths } from './voice-paths.ts';

/** The OpenAPI document. */
export function openApiDocument({ version, publicUrl }: DocumentOptions): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      'x-wire-version': wireVersion,
    },
    servers: [{ url: publicUrl.replace(/\/+$/, '') }],
    tags: [
      { name: 'Messaging', description: 'For clients that keep a socket: tokens, sessions, the handshake.' },
      { name: 'Voice', description: 'For callers: where media finds its way, and the handshake of signaling.' },
      { name: 'Chat API', description: 'For programs: one request per turn.' },
      {
        name: 'Desk bridge',
        description: 'For desks that are not Parley’s own: what they tell, and what they are told.',
      },
      { name: 'Desk', description: 'For people who answer, and for desks of your own: what the web desk uses, whole.' },
      { name: 'Operations', description: 'For those who run Parley.' },
    ],
    paths: {
      ...messagingPaths(),
      ...voicePaths(),
      ...chatPaths(),
      ...deskPaths(),
      ...deskBridgePaths(),
      ...operationsPaths(),
    },
    webhooks: deskBridgeWebhooks(),
    components: { schemas: bodySchemas(), parameters, headers, securitySchemes },
  };
}

const about = [
  'Talk to an agent by text and by voice. Errors have exact texts, which clients may compare. An absent or empty body counts as',
  '`{}`, unknown members are ignored, and a member that is null counts as absent.',
].join(' ');

const string = { type: 'string' };

const parameters: Record<string, Part> = {
  Host: {
    name: 'X-Host',
    in: 'header',
    required: true,
    description: "The page's host or origin, or an app's namespace; must belong to the connector.",
    schema: string,
    example: 'https://www.example.com',
  },
  CorrelationId: {
    name: 'X-PolyAI-Correlation-Id',
    in: 'header',
    description: 'Comes back in the answer; made up when absent.',
    schema: { type: 'string', maxLength: 128 },
  },
  SessionId: { name: 'session_id', in: 'path', required: true, description: 'The session.', schema: string },
  SessionIdQuery: { name: 'session_id', in: 'query', required: true, description: 'The session.', schema: string },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: 'The last sequence seen, `12` or `seq:12`. Anything else replays all.',
    schema: string,
    example: '12',
  },
  AccountId: { name: 'account_id', in: 'path', required: true, description: 'The account.', schema: string },
  ProjectId: { name: 'project_id', in: 'path', required: true, description: 'The project.', schema: string },
  CaseId: { name: 'case_id', in: 'path', required: true, description: 'The hand-off.', schema: string },
  WebhookToken: {
    name: 'token',
    in: 'path',
    required: true,
    description: 'The `webhookToken` of a desk.',
    schema: string,
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The `id` of the body. May be left out, but must not be another.',
    schema: string,
  },
  ConversationId: { name: 'id', in: 'query', description: 'The conversation.', schema: string },
  DeskHeader: {
    name: deskHeader,
    in: 'header',
    description: 'Any value. Needed with the cookie: pages of other sites cannot send it.',
    schema: string,
    example: '1',
  },
  SharedId: { name: 'shared_id', in: 'query', description: "The integrator's own id of it.", schema: string },
};

const headers: Record<string, Part> = {
  CorrelationId: { description: 'Names the request in the logs.', schema: string },
  RetryAfter: { description: 'Seconds to wait before trying again.', schema: { type: 'integer', minimum: 1 } },
};

const securitySchemes: Record<string, Part> = {
  connectorToken: { type: 'apiKey', in: 'header', name: 'X-Token', description: 'The token of a connector.' },
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From `/api/v1/access-token`.' },
  accessTokenQuery: { type: 'apiKey', in: 'query', name: 'access_token', description: 'The same, for sockets.' },
  authTokenQuery: { type: 'apiKey', in: 'query', name: 'auth_token', description: 'The same under another name.' },
  callToken: { type: 'http', scheme: 'bearer', description: 'A token for calls, or the token of a connector.' },
  callTokenQuery: { type: 'apiKey', in: 'query', name: 'token', description: 'The same, where a header is too much.' },
  deskSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Parley-Signature',
    description:
      '`t=<seconds>,v1=<hex>`: when it was signed, and HMAC-SHA256 of `<seconds>.<body>` with the secret of the desk.',
  },
  deskToken: { type: 'http', scheme: 'bearer', description: 'From `/api/v1/desk/sign-in`, when a token is asked for.' },
  deskCookie: { type: 'apiKey', in: 'cookie', name: 'parley_desk', description: 'From `/api/v1/desk/sign-in`.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY', description: 'An API key of the connector.' },
};

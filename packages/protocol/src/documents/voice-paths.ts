// What a caller asks over HTTP, for the OpenAPI document.
import { encodeIceServersAnswer, encodeIceServersError } from '../ice-servers.ts';
import { restErrors } from '../rest-errors.ts';
import { answer, errorAnswers, refTo } from './openapi-parts.ts';
import type { ErrorBodies, Part } from './openapi-parts.ts';

const errorBodies: ErrorBodies = { schema: 'IceServersError', encode: encodeIceServersError };

const exampleServers = [
  { urls: ['stun:turn.parley.example:3478'] },
  {
    urls: [
      'turn:turn.parley.example:3478?transport=udp',
      'turn:turn.parley.example:3478?transport=tcp',
      'turns:turn.parley.example:443?transport=tcp',
    ],
    username: '1893456000:webrtc-gateway',
    credential: 'BaJZ5aPq73z0IN6M0E/cjutmB0A=',
  },
];

/** ICE servers, and the handshake of signaling. */
export function voicePaths(): Record<string, Part> {
  return {
    '/api/v1/ice-servers': { get: iceServers() },
    '/api/v1/webrtc/signal': { get: signaling() },
  };
}

function iceServers(): Part {
  return {
    operationId: 'getIceServers',
    tags: ['Voice'],
    summary: 'STUN and TURN servers for a call, as `RTCPeerConnection` takes them; credentials are fresh every time.',
    security: [{ callToken: [] }, { callTokenQuery: [] }],
    parameters: [refTo('parameters', 'CorrelationId')],
    responses: {
      200: answer('At least one server.', 'IceServers', encodeIceServersAnswer({ iceServers: exampleServers })),
      ...errorAnswers([restErrors.invalidAuthToken, restErrors.rateLimited], errorBodies),
    },
  };
}

function signaling(): Part {
  return {
    operationId: 'openSignaling',
    tags: ['Voice'],
    summary:
      'Opens the WebSocket of calls; its messages are described by `/docs/asyncapi.json`. Offers carry the token.',
    security: [],
    responses: { 101: { description: 'The socket is open.' } },
  };
}

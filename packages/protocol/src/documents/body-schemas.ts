// The HTTP bodies by the names they have in the OpenAPI document.
import {
  chatCloseAnswerSchema,
  chatCloseRequestSchema,
  chatCreateAnswerSchema,
  chatCreateRequestSchema,
  chatRespondAnswerSchema,
  chatRespondRequestSchema,
} from '../chat-api.ts';
import { chatErrorBodySchema } from '../chat-errors.ts';
import {
  endedDeliverySchema,
  requestedDeliverySchema,
  userBackDeliverySchema,
  userLeftDeliverySchema,
  userMessageDeliverySchema,
  userTypingSchema,
} from '../desk-bridge/bridge-deliveries.ts';
import { bridgeAnswerSchema, bridgeEventSchema } from '../desk-bridge/bridge-events.ts';
import { handoffStateErrorBodySchema, handoffStateSchema } from '../handoff-state.ts';
import { iceServersAnswerSchema, iceServersErrorBodySchema } from '../ice-servers.ts';
import {
  accessTokenAnswerSchema,
  accessTokenRequestSchema,
  contextSubmissionSchema,
  healthSchema,
  readinessSchema,
  sessionAnswerSchema,
  sessionRequestSchema,
} from '../rest-bodies.ts';
import { errorBodySchema } from '../rest-errors.ts';
import { plainJsonSchema, wireJsonSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

const renamed = {
  AccessTokenRequest: accessTokenRequestSchema,
  AccessTokenAnswer: accessTokenAnswerSchema,
  SessionRequest: sessionRequestSchema,
  SessionAnswer: sessionAnswerSchema,
  ContextSubmission: contextSubmissionSchema,
  Error: errorBodySchema,
  ChatCreateRequest: chatCreateRequestSchema,
  ChatCreateAnswer: chatCreateAnswerSchema,
  ChatRespondRequest: chatRespondRequestSchema,
  ChatRespondAnswer: chatRespondAnswerSchema,
  ChatCloseRequest: chatCloseRequestSchema,
  ChatCloseAnswer: chatCloseAnswerSchema,
  ChatError: chatErrorBodySchema,
  HandoffState: handoffStateSchema,
  HandoffStateError: handoffStateErrorBodySchema,
  BridgeEvent: bridgeEventSchema,
  BridgeAnswer: bridgeAnswerSchema,
  BridgeRequested: requestedDeliverySchema,
  BridgeUserMessage: userMessageDeliverySchema,
  BridgeUserTyping: userTypingSchema,
  BridgeUserLeft: userLeftDeliverySchema,
  BridgeUserBack: userBackDeliverySchema,
  BridgeEnded: endedDeliverySchema,
} as const;

const plain = {
  Health: healthSchema,
  Readiness: readinessSchema,
  IceServers: iceServersAnswerSchema,
  IceServersError: iceServersErrorBodySchema,
} as const;

export type BodyName = keyof typeof renamed | keyof typeof plain;

/** The JSON Schema of every HTTP body. */
export function bodySchemas(): Record<string, JsonSchema> {
  return Object.fromEntries([
    ...Object.entries(renamed).map(([name, schema]) => [name, wireJsonSchema(schema)]),
    ...Object.entries(plain).map(([name, schema]) => [name, plainJsonSchema(schema)]),
  ]);
}

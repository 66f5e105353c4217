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
import {
  deskCannedRepliesSchema,
  deskChatDetailSchema,
  deskChatsSchema,
  deskPeopleSchema,
  deskQueuesSchema,
  deskSignInSchema,
  deskSignedInSchema,
} from '../desk/desk-bodies.ts';
import { deskErrorBodySchema } from '../desk/desk-errors.ts';
import { deskResultSchema } from '../desk/desk-frames.ts';
import { deskOverviewSchema, deskPersonSchema } from '../desk/desk-views.ts';
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
import { deskCommandBodySchemas } from './desk-schemas.ts';
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
  DeskSignIn: deskSignInSchema,
  DeskSignedIn: deskSignedInSchema,
  DeskOverview: deskOverviewSchema,
  DeskPerson: deskPersonSchema,
  DeskQueues: deskQueuesSchema,
  DeskPeople: deskPeopleSchema,
  DeskCannedReplies: deskCannedRepliesSchema,
  DeskChats: deskChatsSchema,
  DeskChatDetail: deskChatDetailSchema,
  DeskResult: deskResultSchema,
  DeskError: deskErrorBodySchema,
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
    ...Object.entries(deskCommandBodySchemas()).map(([type, schema]) => [`DeskCommand-${type}`, schema]),
  ]);
}

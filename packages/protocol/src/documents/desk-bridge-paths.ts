// What passes between Parley and desks of others, for the OpenAPI document.
import { encodeBridgeDelivery, encodeBridgeTyping } from '../desk-bridge/bridge-deliveries.ts';
import { bridgeErrors } from '../desk-bridge/bridge-errors.ts';
import { encodeBridgeAnswer, encodeBridgeEvent } from '../desk-bridge/bridge-events.ts';
import type { BridgeEvent } from '../desk-bridge/bridge-events.ts';
import { encodeRestError, restErrors } from '../rest-errors.ts';
import type { BodyName } from './body-schemas.ts';
import { answer, bareAnswer, errorAnswers, refTo, requestBody } from './openapi-parts.ts';
import type { ErrorBodies, Part } from './openapi-parts.ts';

const errorBodies: ErrorBodies = {
  schema: 'Error',
  encode: (error) => encodeRestError(error, { errorId: '4c0e0f57-6f7e-4c1b-a0a5-4a37c2d3a1fb' }),
};
const caseId = '8b7f7f0e-3a56-4f0e-8a2b-6a4f2f0a9c01';
const ofDelivery = { id: '1f0c1d8e-58b4-4a2c-9a37-0c8a7a1f6e55', caseId, number: 1, atMs: 1_767_225_600_000 };
const line = {
  messageId: '5d2f4c0e-8f0b-4f6a-9a53-0b1f9d1f2a77',
  speaker: 'user' as const,
  text: 'My order is late.',
  attachments: [],
  atMs: 1_767_225_590_000,
};

/** What desks call. */
export function deskBridgePaths(): Record<string, Part> {
  return {
    '/api/v1/handoff/{case_id}/events': { post: events() },
    '/api/v1/handoff/chatwoot/{token}': { post: chatwoot() },
  };
}

/** What desks are called with, at the URL of their configuration. */
export function deskBridgeWebhooks(): Record<string, Part> {
  const session = {
    id: '0f6e2b52-3a0e-4c53-9d2c-6f0f6a1f7c11',
    account: 'acme',
    project: 'shop',
    platform: 'web',
    deviceType: 'desktop',
    language: 'en-US',
    userName: 'Jo',
    connected: true,
  };
  const requested = encodeBridgeDelivery({
    type: 'requested',
    ...ofDelivery,
    queue: 'General Support',
    reason: 'AGENT_DECISION',
    data: { order: 7 },
    session,
    transcript: [line],
  });
  return {
    'handoff-requested': delivery('Somebody asks for a person.', 'BridgeRequested', requested),
    'handoff-user-message': delivery(
      'The user wrote something.',
      'BridgeUserMessage',
      encodeBridgeDelivery({ type: 'user_message', ...ofDelivery, number: 2, line }),
    ),
    'handoff-user-typing': delivery(
      'The user types, or no longer. Told once.',
      'BridgeUserTyping',
      encodeBridgeTyping({
        type: 'user_typing',
        id: ofDelivery.id,
        caseId,
        atMs: ofDelivery.atMs,
        state: 'TYPING_STATE_STARTED',
      }),
    ),
    'handoff-user-left': delivery(
      'The last client of the user is gone.',
      'BridgeUserLeft',
      encodeBridgeDelivery({ type: 'user_left', ...ofDelivery, number: 3 }),
    ),
    'handoff-user-back': delivery(
      'The user is there again.',
      'BridgeUserBack',
      encodeBridgeDelivery({ type: 'user_back', ...ofDelivery, number: 4 }),
    ),
    'handoff-ended': delivery(
      'The hand-off is over.',
      'BridgeEnded',
      encodeBridgeDelivery({ type: 'ended', ...ofDelivery, number: 5, reason: 'ended' }),
    ),
  };
}

function delivery(summary: string, schema: BodyName, exampleText: string): Part {
  return {
    post: {
      tags: ['Desk bridge'],
      summary,
      security: [{ deskSignature: [] }],
      parameters: [refTo('parameters', 'IdempotencyKey')],
      requestBody: requestBody(schema, exampleText, true),
      responses: {
        '2XX': { description: 'Taken. The body is not read.' },
        '4XX': {
          description: 'Refused, but for 408, 425 and 429, which are tried again. 404 and 410 end the hand-off.',
        },
        '5XX': { description: 'Tried again, after 1 s, 2 s, 4 s … 5 min.' },
      },
    },
  };
}

function events(): Part {
  const message: BridgeEvent = {
    type: 'message',
    id: 'm-17',
    caseId,
    text: 'Let me look.',
    attachments: [],
    suggestions: [],
  };
  return {
    operationId: 'tellHandoff',
    tags: ['Desk bridge'],
    summary:
      'Tells what happens to a hand-off at a desk. An event that was taken is answered alike when it comes again.',
    security: [{ deskSignature: [] }],
    parameters: [
      refTo('parameters', 'CaseId'),
      refTo('parameters', 'IdempotencyKey'),
      refTo('parameters', 'CorrelationId'),
    ],
    requestBody: requestBody('BridgeEvent', encodeBridgeEvent(message), true),
    responses: {
      200: answer('The event was taken.', 'BridgeAnswer', encodeBridgeAnswer({ id: 'm-17', applied: true })),
      ...errorAnswers(
        [...Object.values(bridgeErrors), restErrors.bodyTooLarge, restErrors.unparsableRequest, restErrors.unavailable],
        errorBodies,
      ),
    },
  };
}

function chatwoot(): Part {
  return {
    operationId: 'tellHandoffByChatwoot',
    tags: ['Desk bridge'],
    summary: 'Takes the webhooks of a Chatwoot inbox. Its events are those that Chatwoot documents.',
    security: [],
    parameters: [refTo('parameters', 'WebhookToken'), refTo('parameters', 'CorrelationId')],
    requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' }, example: {} } } },
    responses: {
      200: bareAnswer('The webhook was taken.'),
      ...errorAnswers(
        [
          bridgeErrors.wrongSignature,
          bridgeErrors.invalidEvent,
          restErrors.notFound,
          restErrors.bodyTooLarge,
          restErrors.unavailable,
        ],
        errorBodies,
      ),
    },
  };
}

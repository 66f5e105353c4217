// What a server may send. Journaled events are kept, numbered and replayed; transient ones are sent once.
import { z } from 'zod';
import {
  attachmentSchema,
  callActionSchema,
  endReasonSchema,
  handoffReasonSchema,
  liveAgentSchema,
  suggestionSchema,
  typingStateSchema,
} from './shared-objects.ts';

const text: z.ZodString = z.string();
const attachments = z.array(attachmentSchema);
const responseSuggestions = z.array(suggestionSchema);

/** What the server can do, told once at the start of a session. */
export const capabilitiesSchema = z.object({
  streaming: z.boolean(),
  maxMessageSizeBytes: z.int(),
  maxReconnectAttempts: z.int(),
  heartbeatIntervalSeconds: z.int().positive(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

const sessionEvents = [
  z.object({ type: z.literal('session-start'), capabilities: capabilitiesSchema, contextId: text.optional() }),
  z.object({ type: z.literal('session-end'), reason: endReasonSchema }),
  z.object({ type: z.literal('language-changed'), languageCode: text }),
] as const;

const echoes = [
  z.object({ type: z.literal('request-poly-agent-join') }),
  z.object({ type: z.literal('user-message'), messageId: text, text }),
  z.object({ type: z.literal('user-end-session') }),
] as const;

const agentEvents = [
  z.object({ type: z.literal('poly-agent-joined'), agentName: text, agentAvatarUrl: text.optional() }),
  z.object({
    type: z.literal('poly-agent-message'),
    messageId: text,
    text,
    attachments,
    responseSuggestions,
    agentName: text.optional(),
    avatarUrl: text.optional(),
    chatCallActions: z.array(callActionSchema).optional(),
    endConversation: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('poly-agent-message-chunk'),
    messageId: text,
    text,
    attachments,
    responseSuggestions,
    chunkIndex: z.int().positive(),
    isComplete: z.boolean(),
  }),
  z.object({ type: z.literal('poly-agent-left'), reason: text.optional() }),
  z.object({ type: z.literal('poly-agent-triggered-handoff') }),
] as const;

const handoffEvents = [
  z.object({ type: z.literal('handoff-accepted'), queueName: text.optional() }),
  z.object({
    type: z.literal('handoff-queue-status'),
    queueName: text.optional(),
    positionInQueue: z.int().optional(),
    estimatedWaitSeconds: z.int().optional(),
    displayMessage: text.optional(),
  }),
  z.object({
    type: z.literal('client-handoff-required'),
    reason: handoffReasonSchema,
    queueName: text,
    route: text,
  }),
  z.object({ type: z.literal('handoff-failed'), reason: text.optional() }),
  z.object({ type: z.literal('handoff-timeout'), reason: text.optional() }),
] as const;

const liveAgentEvents = [
  z.object({ type: z.literal('live-agent-joined'), agent: liveAgentSchema }),
  z.object({
    type: z.literal('live-agent-message'),
    messageId: text,
    agentId: text,
    text,
    attachments,
    responseSuggestions,
    agentName: text.optional(),
    avatarUrl: text.optional(),
    chatCallActions: z.array(callActionSchema).optional(),
  }),
  z.object({
    type: z.literal('live-agent-left'),
    agentId: text.optional(),
    agentName: text.optional(),
    reason: text.optional(),
  }),
] as const;

/** How grave a system message is. */
export const systemMessageLevelSchema = z.enum([
  'SYSTEM_MESSAGE_LEVEL_INFO',
  'SYSTEM_MESSAGE_LEVEL_WARNING',
  'SYSTEM_MESSAGE_LEVEL_ERROR',
]);
export type SystemMessageLevel = z.infer<typeof systemMessageLevelSchema>;

/** Kept in the session's journal, numbered from 1 without a hole. */
export const journaledEventSchema = z.discriminatedUnion('type', [
  ...sessionEvents,
  ...echoes,
  ...agentEvents,
  ...handoffEvents,
  ...liveAgentEvents,
]);
export type JournaledEvent = z.infer<typeof journaledEventSchema>;

/** Sent once with a null sequence, never replayed. */
export const transientEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('poly-agent-thinking') }),
  z.object({
    type: z.literal('live-agent-typing'),
    state: typingStateSchema,
    agentId: text.optional(),
    agentName: text.optional(),
  }),
  // The echo of a repeated join request; a first request is journaled.
  z.object({ type: z.literal('request-poly-agent-join') }),
  z.object({ type: z.literal('system-message'), message: text, level: systemMessageLevelSchema }),
  z.object({ type: z.literal('session-idle-warning') }),
]);
export type TransientEvent = z.infer<typeof transientEventSchema>;

/** Any event of a session, without its envelope. */
export type ServerEvent = JournaledEvent | TransientEvent;

/** One variant of {@link ServerEvent}: `EventOf<'user-message'>`. */
export type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>;

/** Types only a server may send, those reserved for later included: a client sending one is told so. */
export const serverOnlyTypes: ReadonlySet<string> = new Set([
  ...[...sessionEvents, ...agentEvents, ...handoffEvents, ...liveAgentEvents].map((schema) => schema.shape.type.value),
  'event-batch',
  'live-agent-typing',
  'poly-agent-thinking',
  'session-idle-warning',
  'system-message',
  'user-received-message',
  'user-read-message',
  'poly-agent-received-message',
  'poly-agent-read-message',
  'live-agent-received-message',
  'live-agent-read-message',
  'show-csat-request',
  'csat-response',
]);

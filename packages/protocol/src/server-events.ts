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
  z
    .object({ type: z.literal('session-start'), capabilities: capabilitiesSchema, contextId: text.optional() })
    .describe('The first event of every session. `context_id` names the session to verified context.'),
  z
    .object({ type: z.literal('session-end'), reason: endReasonSchema })
    .describe('The last event of every session; the server then closes with 1000.'),
  z
    .object({ type: z.literal('language-changed'), languageCode: text })
    .describe('The conversation goes on in this language (BCP-47).'),
] as const;

const echoes = [
  z
    .object({ type: z.literal('request-poly-agent-join') })
    .describe('The client asked for the agent. A repeated request is echoed to its sender only, with a null sequence.'),
  z
    .object({ type: z.literal('user-message'), messageId: text, text })
    .describe('What the user wrote is stored. The echo is the acknowledgement.'),
  z.object({ type: z.literal('user-end-session') }).describe('The user ended the conversation.'),
] as const;

const agentEvents = [
  z
    .object({ type: z.literal('poly-agent-joined'), agentName: text, agentAvatarUrl: text.optional() })
    .describe('The agent is there, for the first time or again after a hand-off that came to nothing.'),
  z
    .object({
      type: z.literal('poly-agent-message'),
      messageId: text,
      text,
      attachments,
      responseSuggestions,
      agentName: text.optional(),
      avatarUrl: text.optional(),
      chatCallActions: z.array(callActionSchema).optional(),
      endConversation: z.boolean().optional(),
    })
    .describe("The agent's whole answer: Markdown and a little HTML. Sessions that stream get chunks instead."),
  z
    .object({
      type: z.literal('poly-agent-message-chunk'),
      messageId: text,
      text,
      attachments,
      responseSuggestions,
      chunkIndex: z.int().positive(),
      isComplete: z.boolean(),
    })
    .describe('A piece of the answer of a session that streams; indices run from 1, the last piece is complete.'),
  z
    .object({ type: z.literal('poly-agent-left'), reason: text.optional() })
    .describe('The agent has left the conversation to somebody else.'),
  z.object({ type: z.literal('poly-agent-triggered-handoff') }).describe('The agent asks for a human.'),
] as const;

const handoffEvents = [
  z
    .object({ type: z.literal('handoff-accepted'), queueName: text.optional() })
    .describe('The desk took the conversation; the user may still have to wait.'),
  z
    .object({
      type: z.literal('handoff-queue-status'),
      queueName: text.optional(),
      positionInQueue: z.int().optional(),
      estimatedWaitSeconds: z.int().optional(),
      displayMessage: text.optional(),
    })
    .describe('How far the user has come in the queue. `display_message` is shown as it is.'),
  z
    .object({ type: z.literal('client-handoff-required'), reason: handoffReasonSchema, queueName: text, route: text })
    .describe('The client itself must take the conversation elsewhere. `route` is often a URL.'),
  z
    .object({ type: z.literal('handoff-failed'), reason: text.optional() })
    .describe('No human can be had. The session goes on; the next message brings the agent back.'),
  z
    .object({ type: z.literal('handoff-timeout'), reason: text.optional() })
    .describe('The queue took too long. The session goes on; the next message brings the agent back.'),
] as const;

const liveAgentEvents = [
  z
    .object({ type: z.literal('live-agent-joined'), agent: liveAgentSchema })
    .describe('A human has the conversation; a second such event means that another human took over.'),
  z
    .object({
      type: z.literal('live-agent-message'),
      messageId: text,
      agentId: text,
      text,
      attachments,
      responseSuggestions,
      agentName: text.optional(),
      avatarUrl: text.optional(),
      chatCallActions: z.array(callActionSchema).optional(),
    })
    .describe('What the human wrote. Never in chunks.'),
  z
    .object({
      type: z.literal('live-agent-left'),
      agentId: text.optional(),
      agentName: text.optional(),
      reason: text.optional(),
    })
    .describe('The human is done. Clients take it for the end of the chat.'),
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
  z.object({ type: z.literal('heartbeat') }).describe('The heartbeat arrived. Only its sender sees this.'),
  z
    .object({ type: z.literal('poly-agent-thinking') })
    .describe('The agent works on an answer. Clients show it for ten seconds at most.'),
  z
    .object({
      type: z.literal('live-agent-typing'),
      state: typingStateSchema,
      agentId: text.optional(),
      agentName: text.optional(),
    })
    .describe('The human began or stopped typing.'),
  // The echo of a repeated join request; a first request is journaled.
  echoes[0],
  z
    .object({ type: z.literal('system-message'), message: text, level: systemMessageLevelSchema })
    .describe('Something went wrong, in words that clients show as they are.'),
  z.object({ type: z.literal('session-idle-warning') }).describe('The session will expire soon. Off by default.'),
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

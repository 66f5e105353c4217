// Bodies of the Chat API: one request per turn, for programs that keep no socket open.
import { z } from 'zod';
import { jsonBody } from './json-body.ts';
import { opaqueObjectSchema } from './shared-objects.ts';

const languageCode = z.string().describe('BCP-47, for example `en-GB`.');

/** Where the integrator's user writes. */
export const chatChannelSchema = z.enum(['webchat', 'whatsapp', 'sms', 'api']);
export type ChatChannel = z.output<typeof chatChannelSchema>;

/** Begins a conversation. Everything is optional, the body too. */
export const chatCreateRequestSchema = z.object({
  integrationAttributes: opaqueObjectSchema.optional().describe("The integrator's facts, handed to the agent."),
  variantId: z.string().optional().describe('Which variant of the agent answers; fixed for the conversation.'),
  channel: chatChannelSchema.optional(),
  asrLangCode: languageCode.optional(),
  ttsLangCode: languageCode.optional(),
});
export type ChatCreateRequest = z.output<typeof chatCreateRequestSchema>;
export const { decode: decodeChatCreateRequest, encode: encodeChatCreateRequest } = jsonBody(chatCreateRequestSchema);

/** The conversation has begun; `response` is the greeting. */
export const chatCreateAnswerSchema = z.object({ conversationId: z.string().min(1), response: z.string() });
export type ChatCreateAnswer = z.output<typeof chatCreateAnswerSchema>;
export const { decode: decodeChatCreateAnswer, encode: encodeChatCreateAnswer } = jsonBody(chatCreateAnswerSchema);

/** One turn. Without a message the agent is asked whether it has more to say. */
export const chatRespondRequestSchema = z.object({
  conversationId: z.string().min(1),
  message: z.string().optional(),
  integrationAttributes: opaqueObjectSchema.optional().describe("Replaces the integrator's facts."),
  metadata: opaqueObjectSchema.optional().describe('Facts about this message.'),
  asrLangCode: languageCode.optional(),
  ttsLangCode: languageCode.optional(),
});
export type ChatRespondRequest = z.output<typeof chatRespondRequestSchema>;
export const { decode: decodeChatRespondRequest, encode: encodeChatRespondRequest } =
  jsonBody(chatRespondRequestSchema);

/** The agent's answer. With a hand-off the conversation ends here and goes on at `destination`. */
export const chatRespondAnswerSchema = z.object({
  conversationId: z.string().min(1),
  response: z.string(),
  endConversation: z.boolean(),
  handoff: z.object({ destination: z.string(), reason: z.string() }).optional(),
});
export type ChatRespondAnswer = z.output<typeof chatRespondAnswerSchema>;
export const { decode: decodeChatRespondAnswer, encode: encodeChatRespondAnswer } = jsonBody(chatRespondAnswerSchema);

/** Ends a conversation. */
export const chatCloseRequestSchema = z.object({ conversationId: z.string().min(1) });
export type ChatCloseRequest = z.output<typeof chatCloseRequestSchema>;
export const { decode: decodeChatCloseRequest, encode: encodeChatCloseRequest } = jsonBody(chatCloseRequestSchema);

/** The conversation is closed, now or since earlier. */
export const chatCloseAnswerSchema = z.object({ success: z.literal(true) });
export type ChatCloseAnswer = z.output<typeof chatCloseAnswerSchema>;
export const { decode: decodeChatCloseAnswer, encode: encodeChatCloseAnswer } = jsonBody(chatCloseAnswerSchema);

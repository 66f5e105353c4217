// Objects that several events carry: attachments, suggestions, call actions, typing states.
import { z } from 'zod';
import { isDeeperThan } from './json-object.ts';
import { MAX_OPAQUE_DEPTH } from './limits.ts';

const text: z.ZodString = z.string();

/** A card: an image or a link with a call to action. */
export const attachmentSchema = z.object({
  title: text,
  previewImageUrl: text.optional(),
  contentUrl: text,
  contentType: z.enum(['ATTACHMENT_CONTENT_TYPE_URL', 'ATTACHMENT_CONTENT_TYPE_IMAGE']),
  callToActionText: text.optional(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** A reply the user may send with one tap. `payload` never comes back from the SDKs. */
export const suggestionSchema = z.object({ messageText: text, payload: text.optional() });
export type Suggestion = z.infer<typeof suggestionSchema>;

/** A telephone number the user may call with one tap; E.164 is recommended. */
export const callActionSchema = z.object({ title: text, contactNumber: text });
export type CallAction = z.infer<typeof callActionSchema>;

/** A person at a desk. */
export const liveAgentSchema = z.object({ id: text, name: text, avatarUrl: text.optional() });
export type LiveAgent = z.infer<typeof liveAgentSchema>;

export const typingStateSchema = z.enum(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED']);
export type TypingState = z.infer<typeof typingStateSchema>;

/** Why a session ended. */
export const endReasonSchema = z.enum(['REASON_USER_END', 'REASON_USER_ABANDONED', 'REASON_NATURAL_END']);
export type EndReason = z.infer<typeof endReasonSchema>;

/** Why the client is asked to take the conversation elsewhere. */
export const handoffReasonSchema = z.enum(['COMPLEX_QUERY', 'AGENT_DECISION', 'POLICY']);
export type HandoffReason = z.infer<typeof handoffReasonSchema>;

/** An object that belongs to somebody else: kept as it is, its members in their own spelling. */
export const opaqueObjectSchema = z
  .record(z.string(), z.unknown())
  .refine((value) => !isDeeperThan(value, MAX_OPAQUE_DEPTH));

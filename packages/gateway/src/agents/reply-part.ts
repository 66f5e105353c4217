import type { Attachment, CallAction } from '@parley/protocol';
// How agent authors write a part of a reply, in script files and in webhook answers alike: an object with
// any of a few one-word members. Turns such parts into pieces.
import { z } from 'zod';
import type { HandoffRequest } from '../messaging/index.ts';
import { AgentError } from './ports/chat-agent.ts';
import type { Piece } from './ports/chat-agent.ts';

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const filled = z.string().min(1, 'must not be empty');

const attachment = z.strictObject({
  type: z.enum(['link', 'image']).describe('A web page or a picture'),
  title: filled,
  url: webUrl.describe('Address of the page or the picture'),
  preview: webUrl.optional().describe('Address of a small picture for the card'),
  button: filled.optional().describe('What the button says'),
});

const suggestion = z.union([filled, z.strictObject({ text: filled, payload: z.string().optional() })]);

const callAction = z.strictObject({
  title: filled.describe('What the button says'),
  number: filled.describe('Telephone number, with country code: +44…'),
});

const handoff = z.strictObject({
  to: z.enum(['desk', 'client']).optional(),
  reason: z.enum(['COMPLEX_QUERY', 'AGENT_DECISION', 'POLICY']).optional(),
  queue: z.string().optional(),
  route: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

/** BCP-47, checked for its shape only. */
export const languageCode: z.ZodString = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language code such as fr-FR');

/** A part of a reply as authors write it. The members take effect in the order in which they stand here. */
export const replyPartSchema = z.strictObject({
  /** The agent is at work. */
  thinking: z.literal(true).optional(),
  /** What was said before is a message of its own; here begins another. */
  break: z.literal(true).optional(),
  language: languageCode.optional(),
  text: z.string().optional(),
  attachments: z.array(attachment).optional(),
  suggestions: z.array(suggestion).optional(),
  calls: z.array(callAction).optional(),
  handoff: handoff.optional(),
  end: z.literal(true).optional(),
  /** The turn fails; the user sees the matching message. */
  fail: z.enum(['overloaded', 'no-reply', 'broken']).optional(),
});
export type ReplyPart = z.infer<typeof replyPartSchema>;

/** What a hand-off says where its author said nothing. */
export type HandoffDefaults = {
  [Member in 'kind' | 'reason' | 'queue' | 'route']?: HandoffRequest[Member] | undefined;
};

/** The pieces of one part, in order. Throws {@link AgentError} for `fail`. */
export function* piecesOf(part: ReplyPart, handoffDefaults: HandoffDefaults = {}): Generator<Piece, void, undefined> {
  if (part.thinking) yield { kind: 'thinking' };
  if (part.break) yield { kind: 'message-break' };
  if (part.language) yield { kind: 'language', languageCode: part.language };
  if (part.text) yield { kind: 'text', text: part.text };
  if (part.attachments?.length) yield { kind: 'attachments', attachments: part.attachments.map(cardOf) };
  if (part.suggestions?.length) yield { kind: 'suggestions', suggestions: part.suggestions.map(suggestionOf) };
  if (part.calls?.length) yield { kind: 'call-actions', callActions: part.calls.map(callActionOf) };
  if (part.handoff) yield { kind: 'handoff', request: handoffRequest(part.handoff, handoffDefaults) };
  if (part.end) yield { kind: 'end' };
  if (part.fail) throw new AgentError(part.fail, `the agent itself reported "${part.fail}"`);
}

function cardOf(written: z.infer<typeof attachment>): Attachment {
  return {
    title: written.title,
    contentUrl: written.url,
    contentType: written.type === 'image' ? 'ATTACHMENT_CONTENT_TYPE_IMAGE' : 'ATTACHMENT_CONTENT_TYPE_URL',
    ...(written.preview && { previewImageUrl: written.preview }),
    ...(written.button && { callToActionText: written.button }),
  };
}

function suggestionOf(written: z.infer<typeof suggestion>): { messageText: string; payload?: string } {
  if (typeof written === 'string') return { messageText: written };
  return { messageText: written.text, ...(written.payload !== undefined && { payload: written.payload }) };
}

function callActionOf(written: z.infer<typeof callAction>): CallAction {
  return { title: written.title, contactNumber: written.number };
}

function handoffRequest(written: z.infer<typeof handoff>, defaults: HandoffDefaults): HandoffRequest {
  return {
    kind: written.to ?? defaults.kind ?? 'desk',
    reason: written.reason ?? defaults.reason ?? 'AGENT_DECISION',
    queue: written.queue ?? defaults.queue ?? '',
    route: written.route ?? defaults.route ?? '',
    data: written.data ?? {},
  };
}

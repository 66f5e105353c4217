// How agent authors write a part of a reply, in script files and in webhook answers alike: an object with
// any of a few one-word members. Turns such parts into pieces.

import type { Attachment, CallAction, Suggestion } from '@parley/protocol';
import { z } from 'zod';
import type { HandoffRequest } from '../messaging/index.ts';
import { AgentError } from './ports/chat-agent.ts';
import type { AgentErrorCode, Piece } from './ports/chat-agent.ts';

/** A card as authors write it. */
interface AuthoredAttachment {
  type: 'link' | 'image';
  title: string;
  /** Absolute address of the page or the picture. */
  url: string;
  /** Address of a small picture for the card. */
  preview?: string | undefined;
  /** What the button says. */
  button?: string | undefined;
}

type AuthoredSuggestion = string | { text: string; payload?: string | undefined };

interface AuthoredCall {
  title: string;
  /** Telephone number, best with its country code. */
  number: string;
}

interface AuthoredHandoff {
  to?: HandoffRequest['kind'] | undefined;
  reason?: HandoffRequest['reason'] | undefined;
  queue?: string | undefined;
  route?: string | undefined;
  data?: Record<string, unknown> | undefined;
}

/** A part of a reply as authors write it. The members take effect in the order in which they stand here. */
export interface ReplyPart {
  /** The agent is at work. */
  thinking?: true | undefined;
  /** What was said before is a message of its own; here begins another. */
  break?: true | undefined;
  /** BCP-47. */
  language?: string | undefined;
  text?: string | undefined;
  attachments?: AuthoredAttachment[] | undefined;
  suggestions?: AuthoredSuggestion[] | undefined;
  calls?: AuthoredCall[] | undefined;
  handoff?: AuthoredHandoff | undefined;
  end?: true | undefined;
  /** The turn fails; the user sees the matching message. */
  fail?: AgentErrorCode | undefined;
}

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const filled = z.string().min(1, 'must not be empty');

/** BCP-47, checked for its shape only. */
export const languageCode: z.ZodString = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language code such as fr-FR');

/** The schemas of a part's members, for whoever takes only some of them or adds others. */
export const replyPartMembers: { [Member in keyof ReplyPart]-?: z.ZodType<ReplyPart[Member]> } = {
  thinking: z.literal(true).optional(),
  break: z.literal(true).optional(),
  language: languageCode.optional(),
  text: z.string().optional(),
  attachments: z
    .array(
      z.strictObject({
        type: z.enum(['link', 'image']),
        title: filled,
        url: webUrl,
        preview: webUrl.optional(),
        button: filled.optional(),
      }),
    )
    .optional(),
  suggestions: z.array(z.union([filled, z.strictObject({ text: filled, payload: z.string().optional() })])).optional(),
  calls: z.array(z.strictObject({ title: filled, number: filled })).optional(),
  handoff: z
    .strictObject({
      to: z.enum(['desk', 'client']).optional(),
      reason: z.enum(['COMPLEX_QUERY', 'AGENT_DECISION', 'POLICY']).optional(),
      queue: z.string().optional(),
      route: z.string().optional(),
      data: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  end: z.literal(true).optional(),
  fail: z.enum(['overloaded', 'no-reply', 'broken']).optional(),
};

/** Checks a part; unknown members are errors. */
export const replyPartSchema: z.ZodType<ReplyPart> = z.strictObject(replyPartMembers);

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

function cardOf(written: AuthoredAttachment): Attachment {
  return {
    title: written.title,
    contentUrl: written.url,
    contentType: written.type === 'image' ? 'ATTACHMENT_CONTENT_TYPE_IMAGE' : 'ATTACHMENT_CONTENT_TYPE_URL',
    ...(written.preview && { previewImageUrl: written.preview }),
    ...(written.button && { callToActionText: written.button }),
  };
}

function suggestionOf(written: AuthoredSuggestion): Suggestion {
  if (typeof written === 'string') return { messageText: written };
  return { messageText: written.text, ...(written.payload !== undefined && { payload: written.payload }) };
}

function callActionOf(written: AuthoredCall): CallAction {
  return { title: written.title, contactNumber: written.number };
}

function handoffRequest(written: AuthoredHandoff, defaults: HandoffDefaults): HandoffRequest {
  return {
    kind: written.to ?? defaults.kind ?? 'desk',
    reason: written.reason ?? defaults.reason ?? 'AGENT_DECISION',
    queue: written.queue ?? defaults.queue ?? '',
    route: written.route ?? defaults.route ?? '',
    data: written.data ?? {},
  };
}

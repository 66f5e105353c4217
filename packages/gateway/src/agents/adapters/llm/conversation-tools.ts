// The tools of Parley that a language model may use: what they are called, what they take, and the part of the
// reply that they become.
import { tool, type ToolSet } from 'ai';
import { z } from 'zod';
import type { ToolName } from '../../agent-options.ts';
import { languageCode, type ReplyPart, replyPartMembers } from '../../reply-part.ts';

interface ConversationTool {
  name: ToolName;
  /** What the model calls it. */
  calledAs: string;
  description: string;
  input: z.ZodType;
  /** The reply part for an input that fits. */
  part: (input: unknown) => ReplyPart;
}

const conversationTools: readonly ConversationTool[] = [
  define({
    name: 'handoff',
    calledAs: 'hand_off_to_human',
    description:
      'Hand the conversation over to a human colleague, when the user asks for one or you cannot help. Tell the user first.',
    input: z.object({
      reason: z
        .enum(['COMPLEX_QUERY', 'AGENT_DECISION', 'POLICY'])
        .optional()
        .describe('COMPLEX_QUERY: beyond what you can do; POLICY: rules demand it; AGENT_DECISION: anything else'),
      summary: z.string().optional().describe('What the colleague needs to know, in one or two sentences'),
    }),
    part: ({ reason, summary }) => ({ handoff: { reason, data: summary ? { summary } : {} } }),
  }),
  define({
    name: 'end',
    calledAs: 'end_conversation',
    description: 'End the conversation for good, when the user is done. Say goodbye first.',
    input: z.object({}),
    part: () => ({ end: true }),
  }),
  define({
    name: 'suggestions',
    calledAs: 'suggest_replies',
    description: 'Offer the user short replies to choose from, beneath your message.',
    input: z.object({ suggestions: z.array(z.string().min(1)).min(1).max(6) }),
    part: (input) => input,
  }),
  define({
    name: 'attachments',
    calledAs: 'show_attachments',
    description: 'Show cards with links or pictures beneath your message. Use only addresses that you know to exist.',
    input: z.object({ attachments: replyPartMembers.attachments }),
    part: (input) => input,
  }),
  define({
    name: 'language',
    calledAs: 'switch_language',
    description: 'Switch the language of the conversation, when the user wants another one. Then answer in it.',
    input: z.object({ language: languageCode.describe('BCP-47, with the region: fr-FR') }),
    part: (input) => input,
  }),
  define({
    name: 'call-actions',
    calledAs: 'offer_phone_numbers',
    description: 'Show buttons that call telephone numbers. Use only numbers that you know to exist.',
    input: z.object({ calls: replyPartMembers.calls }),
    part: (input) => input,
  }),
];

const byCalledAs = new Map(conversationTools.map((known) => [known.calledAs, known]));

/** The tools for a model, by what they are called. They do nothing themselves: see {@link partOfCall}. */
export function conversationToolSet(names: readonly ToolName[] | undefined): ToolSet {
  const wanted = conversationTools.filter(({ name }) => names === undefined || names.includes(name));
  return Object.fromEntries(
    wanted.map(({ calledAs, description, input }) => [
      calledAs,
      tool({ description, inputSchema: input, execute: () => 'done' }),
    ]),
  );
}

/** The part of the reply that a call of a tool becomes; null when it isn't one of these tools. */
export function partOfCall(calledAs: string, input: unknown): ReplyPart | null {
  return byCalledAs.get(calledAs)?.part(input) ?? null;
}

function define<Input>(written: {
  name: ToolName;
  calledAs: string;
  description: string;
  input: z.ZodType<Input>;
  part: (input: Input) => ReplyPart;
}): ConversationTool {
  return { ...written, part: (input) => written.part(written.input.parse(input)) };
}

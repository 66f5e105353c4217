// The tools of Parley that a language model may use: what they are called, what they take, and the part of the
// reply that they become.
import type { JSONSchema7 } from '@ai-sdk/provider';
import { z } from 'zod';
import type { ToolName } from '../../agent-options.ts';
import { languageCode, type ReplyPart, replyPartMembers } from '../../reply-part.ts';
import type { ModelTool, ToolOutcome } from './model-tool.ts';

interface ConversationTool {
  definition: ModelTool['definition'];
  /** The reply part for an input, or what is wrong with the input. */
  partOf: (input: unknown) => { part: ReplyPart } | { problem: string };
  outcome: ToolOutcome;
}

const conversationTools: Record<ToolName, ConversationTool> = {
  handoff: define({
    name: 'hand_off_to_human',
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
    outcome: { kind: 'over' },
  }),
  end: define({
    name: 'end_conversation',
    description: 'End the conversation for good, when the user is done. Say goodbye first.',
    input: z.object({}),
    part: () => ({ end: true }),
    outcome: { kind: 'over' },
  }),
  suggestions: define({
    name: 'suggest_replies',
    description: 'Offer the user short replies to choose from, beneath your message.',
    input: z.object({ suggestions: z.array(z.string().min(1)).min(1).max(6) }),
    part: (input) => input,
  }),
  attachments: define({
    name: 'show_attachments',
    description: 'Show cards with links or pictures beneath your message. Use only addresses that you know to exist.',
    input: z.object({ attachments: replyPartMembers.attachments }),
    part: (input) => input,
  }),
  language: define({
    name: 'switch_language',
    description: 'Switch the language of the conversation, when the user wants another one. Then answer in it.',
    input: z.object({ language: languageCode.describe('BCP-47, with the region: fr-FR') }),
    part: (input) => input,
  }),
  'call-actions': define({
    name: 'offer_phone_numbers',
    description: 'Show buttons that call telephone numbers. Use only numbers that you know to exist.',
    input: z.object({ calls: replyPartMembers.calls }),
    part: (input) => input,
  }),
};

const allTools = Object.keys(conversationTools) as ToolName[];

/** The tools of these names (all when undefined); the parts of the reply that they become go to `show`. */
export function toolsOfConversation(
  names: readonly ToolName[] = allTools,
  show: (part: ReplyPart) => void,
): ModelTool[] {
  return names.map((name) => {
    const { definition, partOf, outcome } = conversationTools[name];
    return {
      definition,
      async use(input) {
        const written = partOf(input);
        if ('problem' in written) return { kind: 'failed', text: written.problem };
        show(written.part);
        return outcome;
      },
    };
  });
}

function define<Input>(written: {
  name: string;
  description: string;
  input: z.ZodType<Input>;
  part: (input: Input) => ReplyPart;
  outcome?: ToolOutcome;
}): ConversationTool {
  const { name, description, input: schema, part, outcome = { kind: 'shown' } } = written;
  // zod's type of a schema is wider than the SDK's by keywords that only later drafts know.
  const inputSchema = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as JSONSchema7;
  return {
    definition: { type: 'function', name, description, inputSchema },
    partOf(input) {
      const parsed = schema.safeParse(input);
      return parsed.success ? { part: part(parsed.data) } : { problem: z.prettifyError(parsed.error) };
    },
    outcome,
  };
}

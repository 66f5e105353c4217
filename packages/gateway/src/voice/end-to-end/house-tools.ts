// The tools of the house that a speech-to-speech model may use: what they take, and what they mean.
import type { HandoffReason } from '@parley/protocol';
import { z } from 'zod';
import type { ModelTool, ToolCall } from '../ports/speech-model.ts';

/** What a call of a house tool asks for. */
export type HouseAct =
  /** Hang up, after this if there is something to say. */
  | { do: 'end-call'; utterance: string }
  | { do: 'hand-off'; reason: HandoffReason; queue?: string | undefined; summary: string; utterance: string }
  | { do: 'set-language'; language: string };

const utterance = z.string().default('').describe('What to say before it happens, if you have not said it already');

const houseTools = [
  tool({
    name: 'end_call',
    description: 'End the call for good, when the caller is done. Say goodbye first, or with the utterance.',
    input: z.object({ utterance }),
    act: (input) => ({ do: 'end-call', ...input }),
  }),
  tool({
    name: 'hand_off',
    description:
      'Hand the caller over to a human colleague, when they ask for one or you cannot help. Tell them first, or with the utterance.',
    input: z.object({
      reason: z
        .enum(['COMPLEX_QUERY', 'AGENT_DECISION', 'POLICY'])
        .default('AGENT_DECISION')
        .describe('COMPLEX_QUERY: beyond what you can do; POLICY: rules demand it; AGENT_DECISION: anything else'),
      queue: z.string().min(1).optional().describe('Name of the queue; leave it out unless your instructions name one'),
      summary: z.string().default('').describe('What the colleague needs to know, in one or two sentences'),
      utterance,
    }),
    act: (input) => ({ do: 'hand-off', ...input }),
  }),
  tool({
    name: 'set_language',
    description: 'Switch the language of the call, when the caller wants another one. Then answer in it.',
    input: z.object({
      language: z
        .string()
        .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language code such as fr-FR')
        .describe('BCP-47, with the region: fr-FR'),
    }),
    act: (input) => ({ do: 'set-language', ...input }),
  }),
];

/** What the model is told of them. */
export const houseToolDefinitions: readonly ModelTool[] = houseTools.map(({ definition }) => definition);

/** What a call asks the house for, or what is wrong with it; undefined when the tool isn't the house's. */
export function readHouseCall(call: ToolCall): HouseAct | { problem: string } | undefined {
  return houseTools.find(({ definition }) => definition.name === call.name)?.read(readArguments(call));
}

/** The arguments of a call; undefined when they aren't JSON. None at all are an empty object. */
export function readArguments({ arguments: text }: ToolCall): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface HouseTool {
  definition: ModelTool;
  read(input: unknown): HouseAct | { problem: string };
}

function tool<Input>(written: {
  name: string;
  description: string;
  input: z.ZodType<Input>;
  act: (input: Input) => HouseAct;
}): HouseTool {
  const { name, description, input: schema, act } = written;
  return {
    definition: { name, description, parameters: z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) },
    read(input) {
      const parsed = schema.safeParse(input);
      return parsed.success ? act(parsed.data) : { problem: z.prettifyError(parsed.error) };
    },
  };
}

// What a script file may say: intents with phrases and touch-tones, and the replies they lead to.
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { languageCode, replyPartMembers, type ReplyPart } from '../../reply-part.ts';

/** A part of a scripted reply. */
export interface ScriptPart extends Omit<ReplyPart, 'text'> {
  /** One wording, or one for each language. */
  text?: string | Record<string, string> | undefined;
  /** Seconds to wait, with the typing indicator on, before the rest of this part. */
  think?: number | undefined;
  /** Milliseconds between the words of `text`; without it the text comes at once. */
  pace?: number | undefined;
}

/** What leads to a reply, and the reply. */
export interface Intent {
  /** Phrases, one of which the user's text contains. */
  contains?: string[] | undefined;
  /** Touch-tones, one of which the caller pressed. */
  tones?: string[] | undefined;
  reply: ScriptPart[];
}

/** A script that has been checked. */
export interface Script {
  greeting: ScriptPart[];
  /** Tried in order; the first that fits answers. */
  intents: Intent[];
  /** What is said when a human has given the conversation back; without it, nothing. */
  returned?: ScriptPart[] | undefined;
  /** What is said when a hand-off is over that no human took up; without it, nothing. */
  unanswered?: ScriptPart[] | undefined;
  /** The reply when no intent fits; `{{text}}` in its wordings stands for what the user wrote. */
  fallback: ScriptPart[];
}

const wording = z.union([z.string(), z.record(languageCode, z.string())], {
  error: 'must be a text, or texts by language code',
});

const scriptPart: z.ZodType<ScriptPart> = z.strictObject({
  ...replyPartMembers,
  text: wording.optional(),
  think: z.number().positive().max(60).optional(),
  pace: z.number().int().positive().max(1000).optional(),
});

const reply = z.array(scriptPart).min(1);

const intent: z.ZodType<Intent> = z
  .strictObject({
    contains: z
      .array(z.string().regex(/[\p{L}\p{N}]/u, 'must contain a letter or a digit'))
      .min(1)
      .optional(),
    tones: z
      .array(z.string().regex(/^[0-9*#]+$/, 'must be keys of a telephone'))
      .min(1)
      .optional(),
    reply,
  })
  .refine((written) => written.contains ?? written.tones, { error: 'needs "contains" or "tones"' });

const scriptSchema: z.ZodType<Script> = z.strictObject({
  greeting: reply,
  intents: z.array(intent),
  returned: reply.optional(),
  unanswered: reply.optional(),
  fallback: reply,
});

/** A script that can't be used, with one line for each problem: where it is, and what is wrong. */
export class ScriptError extends Error {
  readonly problems: readonly string[];

  constructor(name: string, problems: readonly string[]) {
    super(problems.map((problem) => `${name}: ${problem}`).join('\n'));
    this.name = 'ScriptError';
    this.problems = problems;
  }
}

/** Reads a script from its YAML text; `name` is what errors call it. Throws {@link ScriptError}. */
export function parseScript(text: string, name: string): Script {
  const parsed = scriptSchema.safeParse(readYaml(text, name));
  if (parsed.success) return parsed.data;
  throw new ScriptError(
    name,
    parsed.error.issues.flatMap((issue) => lines(issue, issue.path)),
  );
}

function readYaml(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [firstLine = ''] = error.message.split('\n');
    throw new ScriptError(name, [firstLine.replace(/:$/, '')]);
  }
}

function lines(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${pathText([...path, key])}: unknown key`);
  return [`${pathText(path) || 'the script'}: ${issue.message}`];
}

/** `['intents', 2, 'reply']` -> `intents[2].reply`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}

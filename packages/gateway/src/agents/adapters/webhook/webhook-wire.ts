// The JSON between Parley and a webhook agent: a turn goes out, parts of a reply come back. docs/agents.md
// describes it for authors.
import { z } from 'zod';
import type { AgentTurn, HistoryLine, TurnInput } from '../../ports/chat-agent.ts';
import { type ReplyPart, replyPartSchema } from '../../reply-part.ts';

type Session = AgentTurn['session'];

/** A turn on the wire: the body of a request. */
export interface WireTurn {
  turn_id: string;
  input: Exclude<TurnInput, { kind: 'message' }> | { kind: 'message'; message_id: string; text: string };
  history: readonly HistoryLine[];
  session: Omit<Session, 'deviceType' | 'variantId'> & { device_type: string | null; variant_id: string | null };
}

const text = z.string();

/** What programs can rely on in a request. */
export const wireTurnSchema: z.ZodType<WireTurn> = z.strictObject({
  turn_id: text,
  input: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('start') }),
    z.strictObject({ kind: z.literal('message'), message_id: text, text }),
    z.strictObject({ kind: z.literal('poll') }),
    z.strictObject({ kind: z.literal('returned'), joined: z.boolean() }),
    z.strictObject({ kind: z.literal('tones'), digits: text }),
  ]),
  history: z.array(z.strictObject({ speaker: z.enum(['user', 'agent', 'human']), text })),
  session: z.strictObject({
    id: text,
    account: text,
    project: text,
    channel: text,
    medium: z.enum(['text', 'voice']),
    platform: text,
    device_type: text.nullable(),
    variant_id: text.nullable(),
    language: text,
    attributes: z.record(text, z.unknown()),
    context: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
  }),
});

/** A turn as it goes out, with as much of the conversation as `history` has. */
export function wireTurn(turn: AgentTurn, history: readonly HistoryLine[]): WireTurn {
  const { deviceType, variantId, ...session } = turn.session;
  return {
    turn_id: turn.turnId,
    input: wireInput(turn.input),
    history,
    session: { ...session, device_type: deviceType, variant_id: variantId },
  };
}

function wireInput(input: TurnInput): WireTurn['input'] {
  return input.kind === 'message' ? { kind: 'message', message_id: input.messageId, text: input.text } : input;
}

/** The body of a JSON answer: parts of a reply, or one part alone. */
const answerSchema = z.union([z.strictObject({ pieces: z.array(replyPartSchema) }), replyPartSchema]);

/** Reads a JSON answer; null when it isn't one. */
export function readAnswer(body: string): ReplyPart[] | null {
  const parsed = answerSchema.safeParse(readJson(body));
  if (!parsed.success) return null;
  return 'pieces' in parsed.data ? parsed.data.pieces : [parsed.data];
}

/** Reads the data of one server-sent event; null when it isn't a part of a reply. */
export function readPart(data: string): ReplyPart | null {
  return replyPartSchema.safeParse(readJson(data)).data ?? null;
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

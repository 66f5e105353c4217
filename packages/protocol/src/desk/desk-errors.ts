// Every error that is the desk's own. Those of `restErrors` that belong to no endpoint may be met besides.
import { z } from 'zod';
import { parseJsonObject } from '../json-object.ts';
import { encodeRestError, errorBodySchema } from '../rest-errors.ts';
import type { WireError } from '../rest-errors.ts';
import { deskPersonRefSchema } from './desk-views.ts';
import type { DeskPersonRef } from './desk-views.ts';

/** The closed list, by name. Clients go by status and code; texts are for people. */
export const deskErrors = {
  // Who asks
  unauthenticated: { status: 401, text: 'Sign in first.', code: 'UNAUTHENTICATED' },
  wrongCredentials: { status: 401, text: 'Name, password or token are not right.', code: 'WRONG_CREDENTIALS' },
  foreignOrigin: { status: 403, text: 'This page may not use the desk.', code: 'FOREIGN_ORIGIN' },

  // What is asked
  badContent: { status: 400, text: 'This text, or what is attached to it, cannot be sent.', code: 'BAD_CONTENT' },

  // What the desk says to it
  forbidden: { status: 403, text: 'This is not yours to do.', code: 'FORBIDDEN' },
  noSuchChat: { status: 404, text: 'This chat is no longer there.', code: 'NO_SUCH_CHAT' },
  noSuchQueue: { status: 404, text: 'There is no such queue.', code: 'NO_SUCH_QUEUE' },
  noSuchPerson: {
    status: 404,
    text: 'This person is not at the desk, or does not answer this queue.',
    code: 'NO_SUCH_PERSON',
  },
  taken: { status: 409, text: 'Somebody else has taken this chat.', code: 'TAKEN' },
  full: { status: 409, text: 'That would be more chats than this person may have at once.', code: 'FULL' },
  nobodyWaits: { status: 409, text: 'Nobody is waiting.', code: 'NOBODY_WAITS' },
  visitorAway: { status: 409, text: 'The visitor is not there at the moment.', code: 'VISITOR_AWAY' },
  noCall: { status: 409, text: 'There is no call to take part in.', code: 'NO_CALL' },
  callTaken: { status: 409, text: 'Somebody else is on the line.', code: 'CALL_TAKEN' },
  failed: { status: 503, text: 'This did not work. Please try again.', code: 'FAILED' },
} as const satisfies Record<string, WireError>;

/** The name of an error of the desk. */
export type DeskErrorName = keyof typeof deskErrors;

/** An error on the feed. */
export const deskProblemSchema = z.object({
  code: z.string().describe('One of the codes of REST.'),
  message: z.string().describe('For people.'),
  by: deskPersonRefSchema.nullable().default(null).describe('Who was faster, when a chat or a call is taken.'),
});
export type DeskProblem = z.output<typeof deskProblemSchema>;

/** An error as a problem; `by`: who was faster. */
export function deskProblem({ code, text }: WireError, by: DeskPersonRef | null = null): DeskProblem {
  return { code, message: text, by };
}

/** The body of an error over REST: that of the other APIs, with who was faster in `data`. */
export const deskErrorBodySchema = z.object({
  ...errorBodySchema.shape,
  data: z.object({ by: deskPersonRefSchema }).nullable(),
});

/** Writes the body of an error. `errorId` is the correlation id of the request. */
export function encodeDeskError(
  { by, ...error }: WireError & { by?: DeskPersonRef | null },
  { errorId }: { errorId: string },
): string {
  return encodeRestError(error, { errorId, data: by ? { by: { id: by.id, name: by.name } } : null });
}

/** Reads the body of an error; undefined when it is none of Parley's. Never throws. */
export function decodeDeskError(text: string): DeskProblem | undefined {
  const { data: body } = z
    .object({ error_code: z.string(), message: z.string(), data: deskErrorBodySchema.shape.data.catch(null) })
    .safeParse(parseJsonObject(text));
  return body && { code: body.error_code, message: body.message, by: body.data?.by ?? null };
}

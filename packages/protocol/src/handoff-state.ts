// The hand-off state API: what an agent left behind for whoever takes a conversation over.
import { z } from 'zod';
import { jsonBody } from './json-body.ts';
import type { WireError } from './rest-errors.ts';
import { opaqueObjectSchema } from './shared-objects.ts';

/** Which conversation is asked for: by its own id, or by the one that the integrator shares with it. */
export type HandoffStateKey = { by: 'id' | 'shared-id'; value: string };

/** The key in a query string; the shared id wins. Invalid when neither is there. */
export function readHandoffStateKey(query: { get(name: string): string | null }): HandoffStateKey | 'invalid' {
  const sharedId = query.get('shared_id');
  if (sharedId) return { by: 'shared-id', value: sharedId };
  const id = query.get('id');
  return id ? { by: 'id', value: id } : 'invalid';
}

/** What is known for the one who takes over. */
export const handoffStateSchema = z.object({
  id: z.string().min(1).describe('The conversation.'),
  sharedId: z.string().optional(),
  data: opaqueObjectSchema.describe('What the agent handed over, in its own spelling.'),
});
export type HandoffState = z.output<typeof handoffStateSchema>;
export const { decode: decodeHandoffState, encode: encodeHandoffState } = jsonBody(handoffStateSchema);

/** The errors of this API, by name. Clients go by the status. */
export const handoffStateErrors = {
  missingId: { status: 400, text: 'Either id or shared_id is required.', code: 'HANDOFF_STATE_ID_MISSING' },
  unauthorised: { status: 401, text: 'The API key is missing or not valid.', code: 'AUTH_USER_UNAUTHORISED' },
  forbidden: { status: 403, text: 'The API key may not use this project.', code: 'USER_ACCESS_FORBIDDEN' },
  notFound: { status: 404, text: 'There is no hand-off state for this conversation.', code: 'HANDOFF_STATE_NOT_FOUND' },
  rateLimited: { status: 429, text: 'Rate limit exceeded', code: 'RATE_LIMITED' },
  internal: { status: 500, text: 'Internal server error', code: 'INTERNAL_ERROR' },
} as const satisfies Record<string, WireError>;

/** The body of an error of this API. */
export const handoffStateErrorBodySchema = z.object({ errorMessage: z.string() });

/** Writes the body of an error. */
export function encodeHandoffStateError(error: WireError): string {
  return JSON.stringify({ error_message: error.text });
}

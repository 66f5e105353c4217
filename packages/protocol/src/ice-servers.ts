// `GET /api/v1/ice-servers`: which STUN and TURN servers a call may use (voice spec, section 6.1).
import { z } from 'zod';
import { parseJsonObject } from './json-object.ts';
import type { WireError } from './rest-errors.ts';

/**
 * One entry. A STUN entry has neither `username` nor `credential`, not even as null: Android would take the word. One
 * entry that a browser can't take is the end of the call.
 */
export const iceServerSchema = z.object({
  urls: z.array(z.string().min(1)).min(1),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.output<typeof iceServerSchema>;

/** The answer. Never an empty list: SDKs would turn to somebody else's STUN server. */
export const iceServersAnswerSchema = z.object({ iceServers: z.array(iceServerSchema).min(1) });
export type IceServersAnswer = z.output<typeof iceServersAnswerSchema>;

export function encodeIceServersAnswer(answer: IceServersAnswer): string {
  return JSON.stringify(answer);
}

/** Reads the answer. Never throws. */
export function decodeIceServersAnswer(text: string): IceServersAnswer | 'invalid' {
  return iceServersAnswerSchema.safeParse(parseJsonObject(text)).data ?? 'invalid';
}

/** The body of an error of this endpoint. Clients go by the status, and do without the servers. */
export const iceServersErrorBodySchema = z.object({ error: z.string() });

/** Writes the body of an error. */
export function encodeIceServersError({ text }: WireError): string {
  return JSON.stringify({ error: text });
}

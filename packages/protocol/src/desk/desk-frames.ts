// The frames of the desk's feed: JSON objects in text frames, told apart by `type`.
import { z } from 'zod';
import { parseJsonObject } from '../json-object.ts';
import { typedObjects } from '../typed-objects.ts';
import { deskCommandSchemas } from './desk-commands.ts';
import type { DeskCommand } from './desk-commands.ts';
import { deskProblemSchema } from './desk-errors.ts';
import { deskEventSchemas } from './desk-events.ts';
import { deskLineSchema, deskNoteSchema, deskTranscriptSchema } from './desk-views.ts';

/** A larger frame of a client is refused; one of more than 1 MiB closes the socket with 1009. */
export const MAX_DESK_FRAME_BYTES = 256 * 1024;
/** A socket that came without credentials gets this long to say whose it is. */
export const DESK_AUTHENTICATE_WITHIN_MS = 10_000;

/** The first frame of a client whose handshake carried no credentials. */
export const authenticateSchema = z
  .object({
    type: z.literal('authenticate'),
    token: z.string().min(1).describe('What signing in answered.'),
    cursor: z.string().optional().describe('As in the query of the handshake.'),
  })
  .describe('Says whose feed this is, where the handshake could not.');

export const deskPingSchema = z
  .object({ type: z.literal('ping') })
  .describe('Asks for a pong, for those who cannot see the pings of the socket.');

/** What an accepted command brought, beside what everybody is told. */
export const deskResultSchema = z.object({
  sessionId: z.string().optional().describe('Of `accept-next`: who it is.'),
  line: deskLineSchema.optional().describe('Of `send`: the message as it is kept.'),
  note: deskNoteSchema.optional().describe('Of `note`: the note as it is kept.'),
  transcript: deskTranscriptSchema.optional().describe('Of `transcript`.'),
  callToken: z
    .object({ token: z.string(), expiresMs: z.number().describe('Milliseconds since the epoch.') })
    .optional()
    .describe('Of `call-token`: for `authToken` of the offer, and for `GET /api/v1/ice-servers`.'),
});
export type DeskResult = z.output<typeof deskResultSchema>;

export const deskDoneSchema = z
  .object({ type: z.literal('done'), commandId: z.string(), ...deskResultSchema.shape })
  .describe('A command was carried out. What follows from it is told as news, mostly before this.');

export const deskRefusedSchema = z
  .object({ type: z.literal('refused'), commandId: z.string(), problem: deskProblemSchema })
  .describe('A command was not carried out.');

export const deskErrorFrameSchema = z
  .object({ type: z.literal('error'), problem: deskProblemSchema })
  .describe('A frame could not be read. The socket stays open.');

export const deskPongSchema = z.object({ type: z.literal('pong') }).describe('The answer to a ping.');

/** What clients send. */
export const deskClientFrameSchemas = [authenticateSchema, ...deskCommandSchemas, deskPingSchema] as const;
export type DeskClientFrame = DeskCommand | z.output<typeof authenticateSchema> | z.output<typeof deskPingSchema>;

/** What the server sends. */
export const deskServerFrameSchemas = [
  ...deskEventSchemas,
  deskDoneSchema,
  deskRefusedSchema,
  deskErrorFrameSchema,
  deskPongSchema,
] as const;
export type DeskServerFrame = z.output<(typeof deskServerFrameSchemas)[number]>;

const commands = typedObjects<DeskCommand>(deskCommandSchemas);
const clientFrames = typedObjects<DeskClientFrame>(deskClientFrameSchemas);
const serverFrames = typedObjects<DeskServerFrame>(deskServerFrameSchemas);

/** Reads what a client sent. Of a command that can't be read, its id when it has one. Never throws. */
export function decodeDeskClientFrame(text: string): DeskClientFrame | { invalid: { commandId: string | undefined } } {
  const object = parseJsonObject(text);
  const frame = object && clientFrames.read(object);
  if (frame) return frame;
  const commandId = object?.['command_id'];
  return { invalid: { commandId: typeof commandId === 'string' ? commandId : undefined } };
}

/** Reads a command of REST: its type and its chat stand in the path, the rest in the body. Never throws. */
export function decodeDeskCommandBody(
  body: string,
  path: { type: string; sessionId?: string | undefined },
): DeskCommand | 'invalid' {
  const object = body.trim() === '' ? {} : parseJsonObject(body);
  const { type, sessionId } = path;
  const read = object && commands.read({ ...object, type, session_id: sessionId, command_id: 'rest' });
  return read ?? 'invalid';
}

/** Reads what a server sent; undefined when this version doesn't know it. Never throws. */
export function decodeDeskServerFrame(text: string): DeskServerFrame | undefined {
  const object = parseJsonObject(text);
  return object && serverFrames.read(object);
}

export function encodeDeskClientFrame(frame: DeskClientFrame): string {
  return clientFrames.write(frame);
}

export function encodeDeskServerFrame(frame: DeskServerFrame): string {
  return serverFrames.write(frame);
}

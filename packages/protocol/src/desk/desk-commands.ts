// What a person at the desk can do. Over the feed a command is a frame with its `type` and an id to answer to; over
// REST its type and its session are the path, and the rest is the body.
import { z } from 'zod';
import { attachmentSchema, suggestionSchema, typingStateSchema } from '../shared-objects.ts';
import { deskAvailabilitySchema } from './desk-views.ts';

/** The most characters of a message or a note. */
export const MAX_DESK_TEXT = 16_000;
/** The most attachments, and the most suggestions, of one message. */
export const MAX_DESK_EXTRAS = 20;
/** The most characters of the ids that clients make up. */
export const MAX_DESK_CLIENT_ID = 200;

const ownId = z.string().min(1).max(MAX_DESK_CLIENT_ID);
const clientId = ownId.describe('Yours to choose. The same again is the same message, however often it is sent.');
const text = z.string().max(MAX_DESK_TEXT);

const ofFeed = { commandId: ownId.describe('Yours to choose; the answer names it.') };
const ofChat = { ...ofFeed, sessionId: z.string().min(1).describe('The conversation.') };

export const setAvailabilitySchema = z
  .object({ type: z.literal('set-availability'), ...ofFeed, availability: deskAvailabilitySchema })
  .describe('Whether you want chats.');

export const acceptNextSchema = z
  .object({ type: z.literal('accept-next'), ...ofFeed, queueId: z.string().optional() })
  .describe('Takes whoever is next, of all queues you answer or of one. The answer says whom.');

export const acceptSchema = z
  .object({ type: z.literal('accept'), ...ofChat })
  .describe('Takes somebody who waits. Of two people exactly one has them; the other is told who.');

export const sendSchema = z
  .object({
    type: z.literal('send'),
    ...ofChat,
    clientId,
    text,
    attachments: z.array(attachmentSchema).max(MAX_DESK_EXTRAS).optional(),
    suggestions: z.array(suggestionSchema).max(MAX_DESK_EXTRAS).optional(),
  })
  .describe('Writes to the visitor. The answer comes when the message is durable.');

export const typingSchema = z
  .object({ type: z.literal('typing'), ...ofChat, state: typingStateSchema })
  .describe('You type, or no longer. Say it again every few seconds: it stops by itself after 10 s.');

export const readSchema = z
  .object({ type: z.literal('read'), ...ofChat, sequence: z.int().nonnegative() })
  .describe('You have read everything up to this sequence.');

export const noteSchema = z
  .object({ type: z.literal('note'), ...ofChat, clientId, text })
  .describe('Tells the others something that the visitor never sees.');

export const transcriptSchema = z
  .object({ type: z.literal('transcript'), ...ofChat })
  .describe('Asks for all that was said, from before the hand-off on, and for the notes.');

export const watchSchema = z
  .object({ type: z.literal('watch'), ...ofChat })
  .describe('Supervisors: follows a chat without writing.');

export const unwatchSchema = z
  .object({ type: z.literal('unwatch'), ...ofChat })
  .describe('Supervisors: follows a chat no longer.');

export const joinSchema = z
  .object({ type: z.literal('join'), ...ofChat })
  .describe('Supervisors: writes in a chat that somebody else has.');

export const transferSchema = z
  .object({
    type: z.literal('transfer'),
    ...ofChat,
    queueId: z.string().optional().describe('Either this'),
    personId: z.string().optional().describe('or this.'),
  })
  .refine(({ queueId, personId }) => (queueId === undefined) !== (personId === undefined))
  .describe('Gives a chat to a queue or to a person. Supervisors may move any chat, and who waits.');

export const leaveSchema = z
  .object({
    type: z.literal('leave'),
    ...ofChat,
    next: z.enum(['end', 'agent']).optional().describe('What follows when you were the last; else the queue decides.'),
  })
  .describe('You are done with a chat. `end` ends the conversation, `agent` returns it to the agent.');

export const dismissSchema = z
  .object({ type: z.literal('dismiss'), ...ofChat })
  .describe('Gives somebody who waits back to the agent.');

export const callTokenSchema = z
  .object({ type: z.literal('call-token'), ...ofChat })
  .describe(
    'Asks for a token with which you take the call of a chat you are in: make a call with it as any client does. The ' +
      'visitor and you hear each other as soon as it is connected. Ask for another one to come back to the line.',
  );

export const holdCallSchema = z
  .object({ type: z.literal('hold-call'), ...ofChat, held: z.boolean() })
  .describe('Has the caller wait while you are on the line, or talks with them again.');

export const hangUpCallSchema = z
  .object({ type: z.literal('hang-up-call'), ...ofChat })
  .describe("Ends the visitor's call. The queue decides whether the conversation is over or the agent's again.");

/** Every command. */
export const deskCommandSchemas = [
  setAvailabilitySchema,
  acceptNextSchema,
  acceptSchema,
  sendSchema,
  typingSchema,
  readSchema,
  noteSchema,
  transcriptSchema,
  watchSchema,
  unwatchSchema,
  joinSchema,
  transferSchema,
  leaveSchema,
  dismissSchema,
  callTokenSchema,
  holdCallSchema,
  hangUpCallSchema,
] as const;
/** A command as it goes over the feed. */
export type DeskCommand = z.output<(typeof deskCommandSchemas)[number]>;

/** How a command is called. */
export type DeskCommandType = DeskCommand['type'];

/** Commands that concern one chat. */
export const deskChatCommandTypes: readonly DeskCommandType[] = deskCommandSchemas
  .filter(({ shape }) => 'sessionId' in shape)
  .map(({ shape }) => shape.type.value);

/** The others. */
export const deskOwnCommandTypes: readonly DeskCommandType[] = deskCommandSchemas
  .filter(({ shape }) => !('sessionId' in shape))
  .map(({ shape }) => shape.type.value);

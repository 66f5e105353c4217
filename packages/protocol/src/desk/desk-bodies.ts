// Bodies of the desk's REST API, but for those of commands: these are read by `decodeDeskCommandBody`.
import { z } from 'zod';
import { jsonBody } from '../json-body.ts';
import { deskResultSchema } from './desk-frames.ts';
import {
  deskCannedReplySchema,
  deskChatSchema,
  deskOverviewSchema,
  deskPersonSchema,
  deskQueueSchema,
  deskTranscriptSchema,
  deskWaitingSchema,
} from './desk-views.ts';

/** A request by cookie that changes something carries this header, with any value: foreign pages can't set it. */
export const deskHeader = 'X-Parley-Desk';

/** Signs in. */
export const deskSignInSchema = z
  .object({
    id: z.string().min(1).optional().describe('With `password`: the name somebody signs in with.'),
    password: z.string().optional(),
    token: z.string().min(1).optional().describe('Without the others: a sign-in token of the configuration.'),
    session: z
      .enum(['cookie', 'token'])
      .default('cookie')
      .describe('Browsers get a cookie that pages cannot read, programs a token.'),
  })
  .refine(({ id, password, token }) =>
    token === undefined ? id !== undefined && password !== undefined : id === undefined && password === undefined,
  );
export type DeskSignIn = z.input<typeof deskSignInSchema>;
export const { decode: decodeDeskSignIn, encode: encodeDeskSignIn } = jsonBody(deskSignInSchema);

/** Somebody is signed in. */
export const deskSignedInSchema = z.object({
  me: deskPersonSchema,
  expiresMs: z.number().describe('When it is over; milliseconds since the epoch.'),
  token: z.string().optional().describe('For `Authorization: Bearer`, when a token was asked for. Shown once.'),
});
export type DeskSignedIn = z.output<typeof deskSignedInSchema>;
export const { decode: decodeDeskSignedIn, encode: encodeDeskSignedIn } = jsonBody(deskSignedInSchema);

export const { decode: decodeDeskPerson, encode: encodeDeskPerson } = jsonBody(deskPersonSchema);
export const { decode: decodeDeskOverview, encode: encodeDeskOverview } = jsonBody(deskOverviewSchema);

export const deskQueuesSchema = z.object({ queues: z.array(deskQueueSchema) });
export const { decode: decodeDeskQueues, encode: encodeDeskQueues } = jsonBody(deskQueuesSchema);

export const deskPeopleSchema = z.object({ people: z.array(deskPersonSchema) });
export const { decode: decodeDeskPeople, encode: encodeDeskPeople } = jsonBody(deskPeopleSchema);

export const deskCannedRepliesSchema = z.object({ cannedReplies: z.array(deskCannedReplySchema) });
export const { decode: decodeDeskCannedReplies, encode: encodeDeskCannedReplies } = jsonBody(deskCannedRepliesSchema);

/** Which chats are asked for. `mine`: those you are in. */
export const deskChatsShownSchema = z.enum(['waiting', 'mine', 'all']);
export type DeskChatsShown = z.output<typeof deskChatsShownSchema>;

/** Who waits, and the chats that people have. */
export const deskChatsSchema = z.object({ waiting: z.array(deskWaitingSchema), chats: z.array(deskChatSchema) });
export const { decode: decodeDeskChats, encode: encodeDeskChats } = jsonBody(deskChatsSchema);

/** One conversation at the desk: somebody who waits, or a chat. */
export const deskChatDetailSchema = z.object({
  waiting: deskWaitingSchema.nullable().default(null),
  chat: deskChatSchema.nullable().default(null),
  transcript: deskTranscriptSchema
    .nullable()
    .default(null)
    .describe('Null for those who may not read it: who waits is read by supervisors, and by whoever takes them.'),
});
export type DeskChatDetail = z.output<typeof deskChatDetailSchema>;
export const { decode: decodeDeskChatDetail, encode: encodeDeskChatDetail } = jsonBody(deskChatDetailSchema);

export const { decode: decodeDeskResult, encode: encodeDeskResult } = jsonBody(deskResultSchema);

// What people at the desk are told, as it happens. A view replaces what was known of the same id.
import { z } from 'zod';
import {
  deskChatSchema,
  deskLineSchema,
  deskNoteSchema,
  deskOverviewSchema,
  deskPersonRefSchema,
  deskPersonSchema,
  deskQueueSchema,
  deskTypingSchema,
  deskWaitingSchema,
} from './desk-views.ts';

const sessionId = z.string().describe('The conversation.');
const by = deskPersonRefSchema.nullable().default(null).describe('Who brought it about, when a person did.');
const ofFeed = {
  cursor: z.string().describe('Opaque. Connect again with the last one, and what came after it follows, each once.'),
};

/** Why somebody waits no more. */
export const deskWaitingEndSchema = z.enum(['taken', 'left', 'timed-out', 'failed', 'returned', 'moved', 'absent']);
export type DeskWaitingEnd = z.output<typeof deskWaitingEndSchema>;

/** Why somebody has a chat no more. `over`: for everybody, whoever ended it. */
export const deskChatEndSchema = z.enum(['over', 'returned', 'transferred', 'requeued', 'left']);
export type DeskChatEnd = z.output<typeof deskChatEndSchema>;

export const deskEventSchemas = [
  z
    .object({ type: z.literal('desk'), ...ofFeed, desk: deskOverviewSchema })
    .describe('Everything. What was known before is forgotten, and transcripts are asked for anew.'),
  z.object({ type: z.literal('queue'), ...ofFeed, queue: deskQueueSchema }).describe('How a queue stands.'),
  z
    .object({ type: z.literal('waiting'), ...ofFeed, waiting: deskWaitingSchema })
    .describe('Somebody waits, or waits elsewhere in the queue.'),
  z
    .object({ type: z.literal('waiting-over'), ...ofFeed, sessionId, why: deskWaitingEndSchema, by })
    .describe('Somebody waits no more.'),
  z
    .object({ type: z.literal('chat'), ...ofFeed, chat: deskChatSchema })
    .describe('A chat is there to be seen, or something about it changed.'),
  z
    .object({ type: z.literal('chat-over'), ...ofFeed, sessionId, why: deskChatEndSchema, by })
    .describe('A chat is no longer there to be seen.'),
  z
    .object({
      type: z.literal('line'),
      ...ofFeed,
      sessionId,
      line: deskLineSchema,
      unreadCount: z.int().nonnegative().describe('What the visitor wrote and you have not read.'),
    })
    .describe('Somebody said something in a chat you are in or watch; it is durable. In the order of the sequences.'),
  z.object({ type: z.literal('note'), ...ofFeed, note: deskNoteSchema }).describe('Somebody left a note.'),
  z
    .object({ type: z.literal('typing'), ...ofFeed, typing: deskTypingSchema })
    .describe('Somebody types, or no longer. Not told again to those who come back; they are told who types then.'),
  z
    .object({ type: z.literal('person'), ...ofFeed, person: deskPersonSchema })
    .describe('How a person at the desk is. Not connected and without chats: they are gone.'),
] as const;
/** One thing that happened. */
export type DeskEvent = z.output<(typeof deskEventSchemas)[number]>;

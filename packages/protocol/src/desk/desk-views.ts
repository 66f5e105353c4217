// What people at the desk see, over REST and over the feed. Times are milliseconds since the epoch. What isn't known
// or isn't there is null. Names and texts come from strangers: they are shown as text, never as markup.
import { z } from 'zod';
import {
  attachmentSchema,
  handoffReasonSchema,
  opaqueObjectSchema,
  suggestionSchema,
  typingStateSchema,
} from '../shared-objects.ts';

const sessionId = z.string().describe('The conversation.');
const count = z.int().nonnegative();
const timeMs = z.number().describe('Milliseconds since the epoch.');
const queueIds = z.array(z.string()).readonly().nullable().default(null).describe('Queues by id; null: all of them.');
const optionalText = z.string().nullable().default(null);

/** `supervisor`: sees all queues and chats, may listen in and join. */
export const deskRoleSchema = z.enum(['agent', 'supervisor']);
export type DeskRole = z.output<typeof deskRoleSchema>;

/** Whether somebody wants chats at the moment. */
export const deskAvailabilitySchema = z.enum(['available', 'away']);
export type DeskAvailability = z.output<typeof deskAvailabilitySchema>;

/** A person, for those who only need to know who it is. */
export const deskPersonRefSchema = z.object({ id: z.string(), name: z.string() });
export type DeskPersonRef = z.output<typeof deskPersonRefSchema>;

const people = z.array(deskPersonRefSchema);

/** Somebody who works at the desk. */
export const deskPersonSchema = z.object({
  ...deskPersonRefSchema.shape,
  avatarUrl: optionalText,
  role: deskRoleSchema,
  connected: z.boolean().describe('Whether a feed of theirs is open.'),
  availability: deskAvailabilitySchema,
  queueIds,
  chatCount: count.describe('Chats they have.'),
  capacity: count.describe('Chats they can have at once, where their queues differ the most of these.'),
  fullFor: z
    .array(z.string())
    .readonly()
    .default([])
    .describe('Ids of queues of which they cannot take one more chat now.'),
});
export type DeskPerson = z.output<typeof deskPersonSchema>;

/** A queue as it stands. */
export const deskQueueSchema = z.object({
  id: z.string(),
  name: z.string(),
  open: z.boolean().describe('Within its opening hours.'),
  opensMs: timeMs.nullable().default(null).describe('When it opens next; null while it is open, or if it never does.'),
  waitingCount: count.describe('Visitors who are there and wait.'),
  chatCount: count.describe('Chats of this queue that people have.'),
  availableCount: count.describe('People of this queue who are connected and available.'),
  longestWaitSinceMs: timeMs.nullable().default(null).describe('Since when whoever waits longest has.'),
});
export type DeskQueue = z.output<typeof deskQueueSchema>;

/** What is known of a visitor. */
export const deskVisitorSchema = z.object({
  name: optionalText.describe('As the integrator tells; null when they do not.'),
  platform: z.string(),
  deviceType: optionalText,
  language: optionalText.describe('BCP-47; null while it was never switched.'),
  connected: z.boolean().describe('Whether a client of theirs is connected, or a call goes on.'),
});
export type DeskVisitor = z.output<typeof deskVisitorSchema>;

/** The call that a visitor is in. */
export const deskCallSchema = z.object({
  state: z
    .enum(['free', 'taken', 'held'])
    .describe('`free`: nobody of the desk talks with the visitor; `held`: somebody does, and has the visitor wait.'),
  sinceMs: timeMs.describe('Since when the call goes on.'),
  person: deskPersonRefSchema.nullable().default(null).describe('Who has taken it.'),
});
export type DeskCall = z.output<typeof deskCallSchema>;

const call = deskCallSchema.nullable().default(null).describe('The call that the visitor is in; null: none.');

/** Somebody who waits for a person. */
export const deskWaitingSchema = z.object({
  sessionId,
  queueId: z.string(),
  visitor: deskVisitorSchema,
  reason: handoffReasonSchema.describe('Why the agent asked for a person.'),
  position: count.describe('1 is next.'),
  priority: z.number().describe('Higher goes first.'),
  sinceMs: timeMs,
  preview: z.string().describe('The beginning of what the visitor said last.'),
  returned: z.boolean().describe('They were with a person before, who is gone.'),
  call,
});
export type DeskWaiting = z.output<typeof deskWaitingSchema>;

/** A chat that one or more people have. */
export const deskChatSchema = z.object({
  sessionId,
  queueId: z.string(),
  visitor: deskVisitorSchema,
  reason: handoffReasonSchema,
  data: opaqueObjectSchema.describe('Facts the agent left for whoever takes over, in its own spelling.'),
  people: people.describe('Who is in it, the one who has it first.'),
  joinedMs: timeMs.describe('When a person joined first.'),
  mine: z.enum(['in', 'watching', 'no']).describe('How you are in it. `watching`: you read and do not write.'),
  unreadCount: count.describe('What the visitor wrote and you have not read.'),
  lastSequence: count.describe('Sequence of the last line.'),
  visitorTyping: z.boolean(),
  callSid: optionalText.describe('The call that the conversation is linked to.'),
  call,
});
export type DeskChat = z.output<typeof deskChatSchema>;

/** One message of a chat. */
export const deskLineSchema = z.object({
  messageId: z.string().describe('Unique in the chat.'),
  sequence: count.describe('Rises from line to line, with gaps.'),
  atMs: timeMs,
  speaker: z.enum(['user', 'agent', 'human']),
  by: deskPersonRefSchema.nullable().default(null).describe('The person, when a human speaks and it is known who.'),
  text: z.string(),
  attachments: z.array(attachmentSchema),
  suggestions: z.array(suggestionSchema),
  saidBy: z
    .enum(['voice', 'keys'])
    .optional()
    .describe('How it was said in a call: aloud, or by the keys of the telephone. Absent when it was written.'),
  clientId: z.string().optional().describe("The sender's own id of it; told to its sender only."),
});
export type DeskLine = z.output<typeof deskLineSchema>;

/** Something people tell each other. Visitors never see it. */
export const deskNoteSchema = z.object({
  id: z.string(),
  sessionId,
  by: deskPersonRefSchema,
  atMs: timeMs,
  text: z.string(),
});
export type DeskNote = z.output<typeof deskNoteSchema>;

/** All that was said in a chat from its beginning, before the hand-off too. */
export const deskTranscriptSchema = z.object({
  sessionId,
  lines: z.array(deskLineSchema),
  notes: z.array(deskNoteSchema),
});
export type DeskTranscript = z.output<typeof deskTranscriptSchema>;

/** A text people needn't type. */
export const deskCannedReplySchema = z.object({ title: z.string(), text: z.string(), queueIds });
export type DeskCannedReply = z.output<typeof deskCannedReplySchema>;

/** Who types in a chat. */
export const deskTypingSchema = z.object({
  sessionId,
  person: deskPersonRefSchema.nullable().default(null).describe('Null: the visitor.'),
  state: typingStateSchema,
});
export type DeskTyping = z.output<typeof deskTypingSchema>;

/** All that somebody sees at one moment. Supervisors see every chat, others theirs. */
export const deskOverviewSchema = z.object({
  me: deskPersonSchema,
  queues: z.array(deskQueueSchema),
  waiting: z.array(deskWaitingSchema),
  chats: z.array(deskChatSchema),
  people: z.array(deskPersonSchema),
  cannedReplies: z.array(deskCannedReplySchema),
});
export type DeskOverview = z.output<typeof deskOverviewSchema>;

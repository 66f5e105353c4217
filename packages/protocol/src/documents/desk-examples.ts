// One example of every frame of the desk's feed, and of what its REST API answers with.
import type { DeskCommand } from '../desk/desk-commands.ts';
import { deskErrors, deskProblem } from '../desk/desk-errors.ts';
import type { DeskClientFrame, DeskServerFrame } from '../desk/desk-frames.ts';
import type {
  DeskChat,
  DeskLine,
  DeskNote,
  DeskOverview,
  DeskPerson,
  DeskQueue,
  DeskVisitor,
  DeskWaiting,
} from '../desk/desk-views.ts';

const sessionId = '0f6e2b52-3a0e-4c53-9d2c-6f0f6a1f7c11';
const clientId = 'b2d9f1c0-6b3e-4a55-8f0a-2f6f6a0c9e01';
const atMs = 1_773_480_413_589;
const by = { id: 'grace', name: 'Grace' };
const ofChat = { commandId: '7', sessionId };
const cursor = '3f9a.41';

export const deskPersonExample: DeskPerson = {
  ...by,
  avatarUrl: null,
  role: 'agent',
  connected: true,
  availability: 'available',
  queueIds: null,
  chatCount: 1,
  capacity: 3,
  fullFor: [],
};

const deskQueueExample: DeskQueue = {
  id: 'general',
  name: 'General Support',
  open: true,
  opensMs: null,
  waitingCount: 1,
  chatCount: 1,
  availableCount: 1,
  longestWaitSinceMs: atMs,
};

const visitor: DeskVisitor = {
  name: 'Ada',
  platform: 'web',
  deviceType: 'desktop',
  language: 'en-GB',
  connected: true,
};

const deskWaitingExample: DeskWaiting = {
  sessionId,
  queueId: 'general',
  visitor,
  reason: 'AGENT_DECISION',
  position: 1,
  priority: 0,
  sinceMs: atMs,
  preview: 'Can I talk to a person?',
  returned: false,
  call: null,
};

export const deskChatExample: DeskChat = {
  sessionId,
  queueId: 'general',
  visitor,
  reason: 'AGENT_DECISION',
  data: { orderNumber: 'A-1042' },
  people: [by],
  joinedMs: atMs,
  mine: 'in',
  unreadCount: 0,
  lastSequence: 12,
  visitorTyping: false,
  callSid: 'CA3f1c9a',
  call: { state: 'free', sinceMs: atMs, person: null },
};

const deskLineExample: DeskLine = {
  messageId: '5d2f4c0e-8f0b-4f6a-9a53-0b1f9d1f2a77',
  sequence: 12,
  atMs,
  speaker: 'human',
  by,
  text: 'Hello, Grace here. How can I help?',
  attachments: [],
  suggestions: [{ messageText: 'Where is my order?' }],
  clientId,
};

const note: DeskNote = { id: 'e0f1', sessionId, by, atMs, text: 'Called last week about the same order.' };

export const deskOverviewExample: DeskOverview = {
  me: deskPersonExample,
  queues: [deskQueueExample],
  waiting: [deskWaitingExample],
  chats: [deskChatExample],
  people: [deskPersonExample],
  cannedReplies: [{ title: 'Greeting', text: 'Hello, how can I help?', queueIds: null }],
};

/** What clients send. */
export const deskClientExamples: {
  [Type in DeskClientFrame['type']]: Extract<DeskClientFrame, { type: Type }>;
} = {
  authenticate: { type: 'authenticate', token: 'Zy8…', cursor },
  'set-availability': { type: 'set-availability', commandId: '7', availability: 'available' },
  'accept-next': { type: 'accept-next', commandId: '7', queueId: 'general' },
  accept: { type: 'accept', ...ofChat },
  send: { type: 'send', ...ofChat, clientId, text: deskLineExample.text, suggestions: deskLineExample.suggestions },
  typing: { type: 'typing', ...ofChat, state: 'TYPING_STATE_STARTED' },
  read: { type: 'read', ...ofChat, sequence: 12 },
  note: { type: 'note', ...ofChat, clientId, text: note.text },
  transcript: { type: 'transcript', ...ofChat },
  watch: { type: 'watch', ...ofChat },
  unwatch: { type: 'unwatch', ...ofChat },
  join: { type: 'join', ...ofChat },
  transfer: { type: 'transfer', ...ofChat, queueId: 'support' },
  leave: { type: 'leave', ...ofChat, next: 'end' },
  dismiss: { type: 'dismiss', ...ofChat },
  'call-token': { type: 'call-token', ...ofChat },
  'hold-call': { type: 'hold-call', ...ofChat, held: true },
  'hang-up-call': { type: 'hang-up-call', ...ofChat },
  ping: { type: 'ping' },
};

/** What the server sends. */
export const deskServerExamples: {
  [Type in DeskServerFrame['type']]: Extract<DeskServerFrame, { type: Type }>;
} = {
  desk: { type: 'desk', cursor, desk: deskOverviewExample },
  queue: { type: 'queue', cursor, queue: deskQueueExample },
  waiting: { type: 'waiting', cursor, waiting: deskWaitingExample },
  'waiting-over': { type: 'waiting-over', cursor, sessionId, why: 'taken', by },
  chat: { type: 'chat', cursor, chat: deskChatExample },
  'chat-over': { type: 'chat-over', cursor, sessionId, why: 'over', by: null },
  line: { type: 'line', cursor, sessionId, line: deskLineExample, unreadCount: 0 },
  note: { type: 'note', cursor, note },
  typing: { type: 'typing', cursor, typing: { sessionId, person: null, state: 'TYPING_STATE_STARTED' } },
  person: { type: 'person', cursor, person: deskPersonExample },
  done: { type: 'done', commandId: '7', line: deskLineExample },
  refused: { type: 'refused', commandId: '7', problem: deskProblem(deskErrors.taken, by) },
  error: { type: 'error', problem: deskProblem(deskErrors.unauthenticated) },
  pong: { type: 'pong' },
};

/** What commands answer over REST, where that is more than nothing. */
export const deskResultExamples: Partial<Record<DeskCommand['type'], object>> = {
  'accept-next': { sessionId },
  send: { line: deskLineExample },
  note: { note },
  'call-token': { callToken: { token: 'eyJhbGciOi…', expiresMs: atMs } },
  transcript: { transcript: { sessionId, lines: [deskLineExample], notes: [note] } },
};

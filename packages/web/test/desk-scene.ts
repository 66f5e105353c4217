// A desk for tests of its views: who is there, who waits, and what was said, each with what matters changed.
import type { DeskChatLog, DeskSnapshot } from '@parley/client';
import type { DeskChat, DeskLine, DeskNote, DeskOverview, DeskPerson, DeskQueue, DeskWaiting } from '@parley/protocol';

export const noor: DeskPerson = {
  id: 'noor',
  name: 'Noor',
  avatarUrl: null,
  role: 'agent',
  connected: true,
  availability: 'available',
  queueIds: null,
  chatCount: 1,
  capacity: 4,
  fullFor: [],
};

export const visitor: DeskChat['visitor'] = {
  name: null,
  platform: 'web',
  deviceType: null,
  language: null,
  connected: true,
};

export function queue(id: string, change: Partial<DeskQueue> = {}): DeskQueue {
  return {
    id,
    name: id.toUpperCase(),
    open: true,
    opensMs: null,
    waitingCount: 0,
    chatCount: 0,
    availableCount: 0,
    longestWaitSinceMs: null,
    ...change,
  };
}

export function waitingOf(sessionId: string, change: Partial<DeskWaiting> = {}): DeskWaiting {
  return {
    sessionId,
    queueId: 'general',
    visitor,
    reason: 'AGENT_DECISION',
    position: 1,
    priority: 0,
    sinceMs: 0,
    preview: '',
    returned: false,
    call: null,
    ...change,
  };
}

export function chatOf(sessionId: string, change: Partial<DeskChat> = {}): DeskChat {
  return {
    sessionId,
    queueId: 'general',
    visitor,
    reason: 'AGENT_DECISION',
    data: {},
    people: [{ id: 'noor', name: 'Noor' }],
    joinedMs: 0,
    mine: 'in',
    unreadCount: 0,
    lastSequence: 0,
    visitorTyping: false,
    callSid: null,
    call: null,
    ...change,
  };
}

export function line(sequence: number, change: Partial<DeskLine> = {}): DeskLine {
  return {
    messageId: `m${sequence}`,
    sequence,
    atMs: sequence * 1000,
    speaker: 'user',
    by: null,
    text: `line ${sequence}`,
    attachments: [],
    suggestions: [],
    ...change,
  };
}

export function note(id: string, atMs: number): DeskNote {
  return { id, sessionId: 's', by: { id: 'grace', name: 'Grace' }, atMs, text: `note ${id}` };
}

export function logOf(sessionId: string, change: Partial<DeskChatLog> = {}): DeskChatLog {
  return { sessionId, reading: 'whole', lines: [], notes: [], typing: [], drafts: [], over: null, ...change };
}

export function overviewOf(change: Partial<DeskOverview> = {}): DeskOverview {
  return { me: noor, queues: [queue('general')], waiting: [], chats: [], people: [noor], cannedReplies: [], ...change };
}

export function snapshotOf(overview: DeskOverview | null, logs: DeskChatLog[] = []): DeskSnapshot {
  return {
    overview,
    logs: new Map(logs.map((log) => [log.sessionId, log])),
    link: { at: 'open', attempt: 0, sinceMs: 0 },
  };
}

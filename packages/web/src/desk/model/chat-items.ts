// Chats as lists show them.
import type { DeskSnapshot } from '@parley/client';
import type { DeskChat, DeskPersonRef } from '@parley/protocol';
import { visitorName } from './visitor-text.ts';
import { queueName } from './waiting-groups.ts';

/** One chat in a list. */
export interface ChatItem {
  sessionId: string;
  name: string;
  /** As the integrator tells; null for those without one. */
  givenName: string | null;
  queueName: string;
  /** The last thing that was said, when it is here; else where the chat comes from. */
  preview: string;
  /** When it was said; null when it isn't here. */
  lastMs: number | null;
  unreadCount: number;
  visitorTyping: boolean;
  connected: boolean;
  onCall: boolean;
  isOver: boolean;
  people: readonly DeskPersonRef[];
}

/** What lists are made of: the client's snapshot, and chats that are over but still looked at. */
export interface ChatLists {
  snapshot: Pick<DeskSnapshot, 'overview' | 'logs'>;
  over: ReadonlyMap<string, DeskChat>;
}

/** My chats, in the order in which they came: it doesn't jump when somebody writes. */
export function myChatItems({ snapshot, over }: ChatLists): ChatItem[] {
  const mine = (snapshot.overview?.chats ?? []).filter(({ mine: how }) => how === 'in');
  const gone = [...over.values()].filter(({ sessionId }) => !mine.some((chat) => chat.sessionId === sessionId));
  return [...mine, ...gone].toSorted(byJoining).map((chat) => itemOf(chat, snapshot, gone.includes(chat)));
}

/** Chats that others have, for supervisors. */
export function otherChatItems({ snapshot }: Pick<ChatLists, 'snapshot'>): ChatItem[] {
  const others = (snapshot.overview?.chats ?? []).filter(({ mine }) => mine !== 'in');
  return others.toSorted(byJoining).map((chat) => itemOf(chat, snapshot, false));
}

/** The chat `step` places further on in a list that goes round; undefined when it is empty. */
export function neighbour(items: readonly ChatItem[], selected: string | null, step: 1 | -1): string | undefined {
  const at = items.findIndex(({ sessionId }) => sessionId === selected);
  const start = at < 0 && step < 0 ? 0 : at;
  return items.at((start + step) % Math.max(1, items.length))?.sessionId;
}

function itemOf(chat: DeskChat, { overview, logs }: ChatLists['snapshot'], isOver: boolean): ChatItem {
  const queue = queueName(overview?.queues ?? [], chat.queueId);
  const last = logs.get(chat.sessionId)?.lines.at(-1);
  return {
    sessionId: chat.sessionId,
    name: visitorName(chat),
    givenName: chat.visitor.name,
    queueName: queue,
    preview: last ? lastWords(last.speaker, last.text) : queue,
    lastMs: last?.atMs ?? null,
    unreadCount: isOver ? 0 : chat.unreadCount,
    visitorTyping: !isOver && chat.visitorTyping,
    connected: !isOver && chat.visitor.connected,
    onCall: !isOver && chat.call !== null,
    isOver,
    people: chat.people,
  };
}

function lastWords(speaker: 'user' | 'agent' | 'human', text: string): string {
  const words = text.trim() === '' ? 'Attachment' : text;
  return speaker === 'user' ? words : speaker === 'agent' ? `Agent: ${words}` : `Desk: ${words}`;
}

function byJoining(one: DeskChat, other: DeskChat): number {
  return one.joinedMs - other.joinedMs;
}

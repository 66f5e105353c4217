// What is known of the desk, event after event. Pure.
import type { DeskChat, DeskEvent, DeskOverview } from '@parley/protocol';
import { emptyLog, staled, withLine, withNote, withTyping } from './chat-log.ts';
import type { DeskChatLog } from './chat-log.ts';

/** The desk as this person sees it. */
export interface DeskPicture {
  /** Null until the server has told. */
  overview: DeskOverview | null;
  /** By session id: chats that were opened, or of which something came. */
  logs: ReadonlyMap<string, DeskChatLog>;
}

/** Nothing is known. */
export const emptyPicture: DeskPicture = { overview: null, logs: new Map() };

/** The picture after one more event. */
export function hear(picture: DeskPicture, event: DeskEvent): DeskPicture {
  if (event.type === 'desk') return { overview: event.desk, logs: mapped(picture.logs, untyped) };
  const { overview } = picture;
  if (!overview) return picture;
  switch (event.type) {
    case 'queue':
      return seen(picture, { queues: replaced(overview.queues, event.queue, ({ id }) => id) });
    case 'waiting':
      return seen(picture, { waiting: replaced(overview.waiting, event.waiting, idOf).toSorted(byPlace) });
    case 'waiting-over':
      return seen(picture, { waiting: overview.waiting.filter((each) => each.sessionId !== event.sessionId) });
    case 'chat':
      return withChat(picture, overview, event.chat);
    case 'chat-over': {
      const { sessionId, why, by } = event;
      const after = seen(picture, { chats: overview.chats.filter((each) => each.sessionId !== sessionId) });
      return after.logs.has(sessionId)
        ? logged(after, sessionId, (log) => ({ ...log, typing: [], over: { why, by } }))
        : after;
    }
    case 'line': {
      const { sessionId, line, unreadCount } = event;
      const lastSequence = line.sequence;
      const chats = overview.chats.map((chat) =>
        chat.sessionId === sessionId ? { ...chat, unreadCount, lastSequence } : chat,
      );
      return logged(seen(picture, { chats }), sessionId, (log) => withLine(log, line));
    }
    case 'note':
      return logged(picture, event.note.sessionId, (log) => withNote(log, event.note));
    case 'typing': {
      const { sessionId, person, state } = event.typing;
      const visitorTyping = state === 'TYPING_STATE_STARTED';
      const chats = overview.chats.map((chat) =>
        chat.sessionId === sessionId && person === null ? { ...chat, visitorTyping } : chat,
      );
      return logged(seen(picture, { chats }), sessionId, (log) => withTyping(log, event.typing));
    }
    case 'person':
      return withPerson(picture, overview, event.person);
  }
}

/** The picture with another log of a chat. */
export function logged(
  picture: DeskPicture,
  sessionId: string,
  change: (log: DeskChatLog) => DeskChatLog,
): DeskPicture {
  const logs = new Map(picture.logs);
  logs.set(sessionId, change(logs.get(sessionId) ?? emptyLog(sessionId)));
  return { ...picture, logs };
}

/** The connection is gone: transcripts that were asked for will not come. */
export function disconnected(picture: DeskPicture): DeskPicture {
  return { ...picture, logs: mapped(picture.logs, (log) => (log.reading === 'loading' ? staled(log) : log)) };
}

function seen(picture: DeskPicture, change: Partial<DeskOverview>): DeskPicture {
  return picture.overview ? { ...picture, overview: { ...picture.overview, ...change } } : picture;
}

/** Whoever comes to follow a chat may have missed what was said before. */
function withChat(picture: DeskPicture, overview: DeskOverview, chat: DeskChat): DeskPicture {
  const { sessionId } = chat;
  const former = overview.chats.find((each) => each.sessionId === sessionId);
  const after = seen(picture, { chats: replaced(overview.chats, chat, idOf) });
  const followed = former !== undefined && former.mine !== 'no';
  if (followed || chat.mine === 'no' || !after.logs.has(sessionId)) return after;
  return logged(after, sessionId, (log) => ({ ...staled(log), over: null }));
}

function withPerson(picture: DeskPicture, overview: DeskOverview, person: DeskOverview['me']): DeskPicture {
  const isGone = !person.connected && person.chatCount === 0;
  const people = isGone
    ? overview.people.filter(({ id }) => id !== person.id)
    : replaced(overview.people, person, ({ id }) => id);
  return seen(picture, { people, me: person.id === overview.me.id ? person : overview.me });
}

/** Everything is told anew, but for what types and what was said. */
function untyped(log: DeskChatLog): DeskChatLog {
  return { ...staled(log), typing: [] };
}

function replaced<View>(views: readonly View[], view: View, keyOf: (view: View) => string): View[] {
  const place = views.findIndex((each) => keyOf(each) === keyOf(view));
  return place < 0 ? [...views, view] : views.with(place, view);
}

function idOf({ sessionId }: { sessionId: string }): string {
  return sessionId;
}

function byPlace(one: { queueId: string; position: number }, other: { queueId: string; position: number }): number {
  return one.queueId === other.queueId ? one.position - other.position : one.queueId < other.queueId ? -1 : 1;
}

function mapped(
  logs: ReadonlyMap<string, DeskChatLog>,
  change: (log: DeskChatLog) => DeskChatLog,
): ReadonlyMap<string, DeskChatLog> {
  return new Map([...logs].map(([sessionId, log]) => [sessionId, change(log)]));
}

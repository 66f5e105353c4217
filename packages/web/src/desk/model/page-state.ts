// What the page itself knows: which chat is looked at, what is being written where, which dialog is open. Pure.
import type { DeskChatLog, DeskSnapshot } from '@parley/client';
import type { Attachment, DeskChat, DeskWaiting, Suggestion } from '@parley/protocol';

/** The columns; small screens show one at a time. */
type Pane = 'lists' | 'chat' | 'details';

/** What the lists show: one's own desk, or for supervisors everything. */
export type Scope = 'mine' | 'all';

/** What is asked before it is done: ending, returning to the agent, giving somebody who waits back to the agent. */
export type DoneHow = 'end' | 'agent' | 'dismiss';

export type OpenDialog = 'help' | 'settings' | 'transfer' | 'attach' | 'suggest' | DoneHow;

/** What is being written in a chat. */
export interface Writing {
  mode: 'reply' | 'note';
  reply: string;
  note: string;
  attachments: readonly Attachment[];
  suggestions: readonly Suggestion[];
}

export interface PageState {
  /** The conversation that is looked at. */
  selected: string | null;
  pane: Pane;
  scope: Scope;
  dialog: OpenDialog | null;
  /** By session id. */
  writing: ReadonlyMap<string, Writing>;
  /** Chats that others have ended, as they were last, until they are put away. By session id. */
  over: ReadonlyMap<string, DeskChat>;
}

/** What happens to the page. */
export type PageAction =
  | { do: 'select'; sessionId: string }
  | { do: 'show'; pane: Pane }
  | { do: 'scope'; scope: Scope }
  | { do: 'open'; dialog: OpenDialog }
  | { do: 'close-dialog' }
  | { do: 'write'; sessionId: string; change: Partial<Writing> }
  /** The desk has changed. */
  | { do: 'desk-changed'; before: DeskSnapshot; after: DeskSnapshot }
  /** A chat is done with; `next` is looked at instead. */
  | { do: 'put-away'; sessionId: string; next: string | null };

/** A page on which nothing has happened. */
export const newPage: PageState = {
  selected: null,
  pane: 'lists',
  scope: 'mine',
  dialog: null,
  writing: new Map(),
  over: new Map(),
};

/** The page as somebody finds it who has signed in again: where they were, and what they were writing. */
export function resumedPage({ selected, pane, scope, writing }: PageState): PageState {
  return { ...newPage, selected, pane, scope, writing };
}

/** Nothing is written yet. */
export const nothingWritten: Writing = { mode: 'reply', reply: '', note: '', attachments: [], suggestions: [] };

/** The page after something has happened. */
export function stepPage(page: PageState, action: PageAction): PageState {
  switch (action.do) {
    case 'select':
      return { ...page, selected: action.sessionId, pane: 'chat', dialog: null };
    case 'show':
      return { ...page, pane: action.pane };
    case 'scope':
      return { ...page, scope: action.scope };
    case 'open':
      return { ...page, dialog: action.dialog };
    case 'close-dialog':
      return { ...page, dialog: null };
    case 'write': {
      const writing = new Map(page.writing);
      writing.set(action.sessionId, { ...(writing.get(action.sessionId) ?? nothingWritten), ...action.change });
      return { ...page, writing };
    }
    case 'desk-changed':
      return { ...page, over: withEnded(page, action.before, action.after) };
    case 'put-away':
      return putAway(page, action);
  }
}

/** What is looked at. */
export type Shown =
  | { at: 'nothing' }
  | { at: 'waiting'; waiting: DeskWaiting; log: DeskChatLog | undefined }
  | { at: 'chat'; chat: DeskChat; log: DeskChatLog | undefined }
  | { at: 'over'; chat: DeskChat; log: DeskChatLog | undefined };

/** What the selection means at the moment. */
export function shownBy({ selected, over }: PageState, { overview, logs }: DeskSnapshot): Shown {
  if (selected === null || !overview) return { at: 'nothing' };
  const log = logs.get(selected);
  const chat = overview.chats.find(({ sessionId }) => sessionId === selected);
  if (chat) return { at: 'chat', chat, log };
  const waiting = overview.waiting.find(({ sessionId }) => sessionId === selected);
  if (waiting) return { at: 'waiting', waiting, log };
  const former = over.get(selected);
  return former ? { at: 'over', chat: former, log } : { at: 'nothing' };
}

/** Chats that I was in, or looked at, and that somebody else has taken out of my sight. */
function withEnded(page: PageState, before: DeskSnapshot, after: DeskSnapshot): PageState['over'] {
  if (!before.overview || !after.overview) return page.over;
  if (before.overview.chats === after.overview.chats) return page.over;
  const over = new Map(page.over);
  for (const { sessionId } of after.overview.chats) over.delete(sessionId);
  for (const chat of before.overview.chats) {
    const isThere = after.overview.chats.some(({ sessionId }) => sessionId === chat.sessionId);
    const end = after.logs.get(chat.sessionId)?.over;
    const mattered = chat.mine === 'in' || page.selected === chat.sessionId;
    if (!isThere && mattered && end && end.by?.id !== after.overview.me.id) over.set(chat.sessionId, chat);
  }
  return over;
}

function putAway(page: PageState, { sessionId, next }: { sessionId: string; next: string | null }): PageState {
  const writing = new Map(page.writing);
  const over = new Map(page.over);
  writing.delete(sessionId);
  over.delete(sessionId);
  const isShown = page.selected === sessionId;
  const pane = isShown && next === null ? 'lists' : page.pane;
  return { ...page, writing, over, pane, dialog: null, selected: isShown ? next : page.selected };
}

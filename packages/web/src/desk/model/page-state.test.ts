import { describe, expect, it } from 'vitest';
import { chatOf, logOf, overviewOf, snapshotOf, waitingOf } from '../../../test/desk-scene.ts';
import { newPage, resumedPage, shownBy, stepPage } from './page-state.ts';
import type { PageAction, PageState } from './page-state.ts';

const grace = { id: 'grace', name: 'Grace' };
const withChat = snapshotOf(overviewOf({ chats: [chatOf('s')] }), [logOf('s')]);

function ended(by: { id: string; name: string } | null): ReturnType<typeof snapshotOf> {
  return snapshotOf(overviewOf(), [logOf('s', { over: { why: 'over', by } })]);
}

function after(page: PageState, by: { id: string; name: string } | null): PageState {
  return stepPage(page, { do: 'desk-changed', before: withChat, after: ended(by) });
}

function writes(reply: string): PageAction {
  return { do: 'write', sessionId: 's', change: { reply } };
}

describe('what is looked at', () => {
  it.each([
    [snapshotOf(null), 'nothing'],
    [snapshotOf(overviewOf()), 'nothing'],
    [snapshotOf(overviewOf({ waiting: [waitingOf('s')] })), 'waiting'],
    [withChat, 'chat'],
  ])('is what the selection has become', (snapshot, at) => {
    expect(shownBy({ ...newPage, selected: 's' }, snapshot).at).toBe(at);
  });

  it('a selection brings its column to the front and closes dialogs', () => {
    const page = stepPage({ ...newPage, dialog: 'help' }, { do: 'select', sessionId: 's' });
    expect(page).toMatchObject({ selected: 's', pane: 'chat', dialog: null });
  });
});

describe('what is written', () => {
  it('stays with its chat', () => {
    const one = stepPage(newPage, { do: 'write', sessionId: 's', change: { reply: 'Hel' } });
    const two = stepPage(one, { do: 'write', sessionId: 't', change: { mode: 'note', note: 'n' } });
    const three = stepPage(two, { do: 'write', sessionId: 's', change: { reply: 'Hello' } });
    expect(three.writing.get('s')).toMatchObject({ mode: 'reply', reply: 'Hello' });
    expect(three.writing.get('t')).toMatchObject({ mode: 'note', note: 'n', reply: '' });
  });
});

describe('a page that somebody comes back to', () => {
  it('has what was being written and the chat that was looked at, and no dialog', () => {
    const written = stepPage({ ...newPage, selected: 's', pane: 'chat', dialog: 'end' }, writes('Hel'));
    const over = new Map([['s', chatOf('s')]]);
    const page = resumedPage({ ...written, over });
    expect(page).toEqual({ ...newPage, selected: 's', pane: 'chat', writing: written.writing });
    expect(page.writing.get('s')?.reply).toBe('Hel');
  });
});

describe('a chat that is over', () => {
  it('stays in sight until it is put away, when somebody else has ended it', () => {
    const page = after({ ...newPage, selected: 's' }, grace);
    expect(shownBy(page, ended(grace))).toMatchObject({ at: 'over', chat: { sessionId: 's' } });
    const away = stepPage(page, { do: 'put-away', sessionId: 's', next: null });
    expect(away).toMatchObject({ selected: null, pane: 'lists' });
    expect(away.over.size).toBe(0);
  });

  it('is gone when I have ended it', () => {
    expect(after(newPage, { id: 'noor', name: 'Noor' }).over.size).toBe(0);
  });

  it('is a chat again when it comes back', () => {
    const page = after(newPage, null);
    const back = stepPage(page, { do: 'desk-changed', before: ended(null), after: withChat });
    expect(page.over.size).toBe(1);
    expect(back.over.size).toBe(0);
  });

  it('of somebody else matters only while it is looked at', () => {
    const theirs = snapshotOf(overviewOf({ chats: [chatOf('s', { mine: 'watching' })] }), [logOf('s')]);
    const change = { do: 'desk-changed', before: theirs, after: ended(null) } as const;
    expect(stepPage(newPage, change).over.size).toBe(0);
    expect(stepPage({ ...newPage, selected: 's' }, change).over.size).toBe(1);
  });

  it('that is put away gives way to the next one', () => {
    const page = stepPage({ ...newPage, selected: 's', pane: 'chat' }, { do: 'put-away', sessionId: 's', next: 't' });
    expect(page).toMatchObject({ selected: 't', pane: 'chat' });
    const other = stepPage({ ...newPage, selected: 'u' }, { do: 'put-away', sessionId: 's', next: 't' });
    expect(other.selected).toBe('u');
  });
});

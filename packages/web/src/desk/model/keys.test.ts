import type { DeskCannedReply } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { cannedQuery, findCannedReplies } from './canned-replies.ts';
import { loadSettings, saveSettings } from './settings.ts';
import { shortcutHelp, shortcutOf } from './shortcuts.ts';

const plain = { code: '', altKey: false, ctrlKey: false, metaKey: false };
const outside = { inField: false, singleKeys: true };
const inside = { inField: true, singleKeys: true };

describe('keys', () => {
  it.each([
    ['j', 'next-chat'],
    ['K', 'previous-chat'],
    ['a', 'accept-next'],
    ['/', 'canned-reply'],
    ['?', 'help'],
    ['x', undefined],
    ['constructor', undefined],
  ])('%s does %s, outside of fields only', (key, shortcut) => {
    expect(shortcutOf({ ...plain, key }, outside)).toBe(shortcut);
    expect(shortcutOf({ ...plain, key }, inside)).toBeUndefined();
  });

  it('work with Alt while somebody writes, by their place: some keyboards type other letters then', () => {
    const alt = { ...plain, altKey: true };
    expect(shortcutOf({ ...alt, key: '†', code: 'KeyT' }, inside)).toBe('transfer');
    expect(shortcutOf({ ...alt, key: 'ArrowDown', code: 'ArrowDown' }, inside)).toBe('next-chat');
    expect(shortcutOf({ ...alt, key: 'x', code: 'KeyX' }, inside)).toBeUndefined();
  });

  it('of the browser stay its own', () => {
    expect(shortcutOf({ ...plain, key: 'a', ctrlKey: true }, outside)).toBeUndefined();
    expect(shortcutOf({ ...plain, key: 'c', metaKey: true }, outside)).toBeUndefined();
    expect(shortcutOf({ ...plain, key: 'e', code: 'KeyE', ctrlKey: true, altKey: true }, outside)).toBeUndefined();
  });

  it('can be turned off, but for those with Alt', () => {
    const off = { inField: false, singleKeys: false };
    expect(shortcutOf({ ...plain, key: 'a' }, off)).toBeUndefined();
    expect(shortcutOf({ ...plain, key: 'a', code: 'KeyA', altKey: true }, off)).toBe('accept-next');
  });

  it('are all in the help', () => {
    const single = shortcutHelp.flatMap(({ keys }) => (keys.length === 1 && keys[0]?.length === 1 ? keys : []));
    for (const key of single) expect(shortcutOf({ ...plain, key }, outside)).toBeDefined();
    expect(single).toHaveLength(12);
  });
});

describe('canned replies', () => {
  const reply = (title: string, text: string, queueIds: string[] | null = null): DeskCannedReply => {
    return { title, text, queueIds };
  };
  const replies = [
    reply('Goodbye', 'Have a lovely day'),
    reply('Day of delivery', 'On Monday'),
    reply('Café', 'Open'),
    reply('Refund', 'Soon', ['billing']),
  ];

  it.each([
    ['/', ''],
    ['/day', 'day'],
    ['', undefined],
    ['and/or', undefined],
    ['/a\nb', undefined],
  ])('%j looks for %j', (text, query) => {
    expect(cannedQuery(text)).toBe(query);
  });

  it.each([
    ['', 'general', ['Goodbye', 'Day of delivery', 'Café']],
    ['', 'billing', ['Goodbye', 'Day of delivery', 'Café', 'Refund']],
    ['day', 'general', ['Day of delivery', 'Goodbye']],
    ['LOVELY good', 'general', ['Goodbye']],
    ['cafe', 'general', ['Café']],
    ['nothing', 'general', []],
  ])('%j in %s finds %j', (query, queueId, titles) => {
    expect(findCannedReplies(replies, { queueId, query }).map(({ title }) => title)).toEqual(titles);
  });
});

describe('settings', () => {
  it('are found again', () => {
    let kept: string | null = null;
    const settings = { sound: false, notifications: true, singleKeys: false };
    saveSettings({ setItem: (_key, value) => void (kept = value) }, settings);
    expect(loadSettings({ getItem: () => kept })).toEqual(settings);
  });

  it.each([null, '', 'null', '[]', '{"sound":"loud"}', 'nonsense'])('%j: the usual ones', (kept) => {
    expect(loadSettings({ getItem: () => kept })).toEqual({ sound: true, notifications: false, singleKeys: true });
  });

  it('nobody minds where nothing can be kept', () => {
    const forbidden = (): never => {
      throw new Error('forbidden');
    };
    expect(loadSettings({ getItem: forbidden }).sound).toBe(true);
    expect(() => saveSettings({ setItem: forbidden }, loadSettings({ getItem: forbidden }))).not.toThrow();
  });
});

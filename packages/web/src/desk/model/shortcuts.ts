// What keys do. Single keys work outside of fields; with Alt they work everywhere.

/** Something a key does. */
export type Shortcut =
  | 'next-chat'
  | 'previous-chat'
  | 'accept-next'
  | 'write'
  | 'note'
  | 'canned-reply'
  | 'transfer'
  | 'return'
  | 'end'
  | 'details'
  | 'mute'
  | 'help';

/** A line of the help: keys as they are written on them. */
export interface ShortcutHelp {
  keys: readonly string[];
  text: string;
}

/** A key as the browser tells it. */
export interface Key {
  key: string;
  /** The key's place on the keyboard: with Alt some systems type another letter. */
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

const byKey: Readonly<Record<string, Shortcut>> = {
  j: 'next-chat',
  k: 'previous-chat',
  a: 'accept-next',
  c: 'write',
  n: 'note',
  '/': 'canned-reply',
  t: 'transfer',
  r: 'return',
  e: 'end',
  i: 'details',
  m: 'mute',
  '?': 'help',
};

const byCodeWithAlt: Readonly<Record<string, Shortcut>> = {
  ArrowDown: 'next-chat',
  ArrowUp: 'previous-chat',
  KeyJ: 'next-chat',
  KeyK: 'previous-chat',
  KeyA: 'accept-next',
  KeyC: 'write',
  KeyN: 'note',
  KeyT: 'transfer',
  KeyR: 'return',
  KeyE: 'end',
  KeyI: 'details',
  KeyM: 'mute',
};

/** What a key does; nothing when it is one for typing, or the reader wants no single keys. */
export function shortcutOf(
  { key, code, altKey, ctrlKey, metaKey }: Key,
  { inField, singleKeys }: { inField: boolean; singleKeys: boolean },
): Shortcut | undefined {
  if (ctrlKey || metaKey) return undefined;
  if (altKey) return byCodeWithAlt[code];
  if (inField || !singleKeys) return undefined;
  return Object.hasOwn(byKey, key.toLowerCase()) ? byKey[key.toLowerCase()] : undefined;
}

/** All keys, in the order of the help. */
export const shortcutHelp: readonly ShortcutHelp[] = [
  { keys: ['J'], text: 'Next chat' },
  { keys: ['K'], text: 'Previous chat' },
  { keys: ['A'], text: 'Accept whoever is next' },
  { keys: ['C'], text: 'Write to the visitor' },
  { keys: ['N'], text: 'Write a note' },
  { keys: ['/'], text: 'Canned replies; in an empty message too' },
  { keys: ['T'], text: 'Transfer the chat' },
  { keys: ['R'], text: 'Return the chat to the agent' },
  { keys: ['E'], text: 'End the chat' },
  { keys: ['I'], text: 'Visitor and notes, on small screens' },
  { keys: ['M'], text: 'Sound on or off' },
  { keys: ['?'], text: 'This help' },
  { keys: ['Enter'], text: 'Send' },
  { keys: ['Shift', 'Enter'], text: 'New line' },
  { keys: ['Esc'], text: 'Leave the field, close what is open' },
];

import { expect, it } from 'vitest';
import { lineView } from './make-views.ts';

it.each([
  [undefined, undefined],
  [{ channel: 'web' }, undefined],
  [{ channel: 'voice' }, 'voice'],
  [{ channel: 'voice', input: 'dtmf' }, 'keys'],
])('a line with the custom data %j was said by %s', (custom, saidBy) => {
  const line = { speaker: 'user', messageId: 'm1', sequence: 1, atMs: 0, text: 'Hi', attachments: [], custom } as const;
  expect(lineView({ ...line, attachments: [] }).saidBy).toBe(saidBy);
});

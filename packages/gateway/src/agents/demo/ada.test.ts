import { expect, it } from 'vitest';
import { FakeTime } from '../../kit/index.ts';
import { loadScript } from '../adapters/script/load-script.ts';
import { createScriptAgent } from '../adapters/script/script-agent.ts';
import type { AgentTurn, Piece } from '../ports/chat-agent.ts';
import { answer, aTurn, never, ofKind, says, textOf } from '../test/turns.ts';

const demoScript = new URL('./ada.yaml', import.meta.url);

/** Ada's answer, with every wait cut short. */
async function ada(turn: AgentTurn): Promise<Piece[]> {
  const hurried = { after: (_delayMs: number, action: () => void) => (queueMicrotask(action), { cancel() {} }) };
  const timers = { ...hurried, every: () => ({ cancel() {} }) };
  return answer(createScriptAgent(loadScript(demoScript), { timers }), turn);
}

const tones = (digits: string): AgentTurn => aTurn({ input: { kind: 'tones', digits } });

it('greets with suggestions and an attachment', async () => {
  const pieces = await ada(aTurn({}));
  expect(textOf(pieces)).toContain('Ada');
  expect(ofKind(pieces, 'suggestions')[0]?.suggestions.length).toBeGreaterThanOrEqual(2);
  expect(ofKind(pieces, 'attachments')[0]?.attachments).toHaveLength(1);
});

it.each(['Can I have a LINK?', 'link', 'send me links'])('%s -> an https address in the text', async (text) => {
  expect(textOf(await ada(says(text)))).toMatch(/https:\/\/\S+/);
});

it('locations -> at least two attachments, a page and an image, all at absolute addresses', async () => {
  const [{ attachments } = { attachments: [] }] = ofKind(await ada(says('Where are your locations?')), 'attachments');
  expect(attachments.map((card) => card.contentType)).toEqual([
    'ATTACHMENT_CONTENT_TYPE_URL',
    'ATTACHMENT_CONTENT_TYPE_IMAGE',
  ]);
  expect(attachments.every((card) => new URL(card.contentUrl).protocol === 'https:')).toBe(true);
});

it.each(["What's your phone number?", 'What is your telephone number?', 'phone numbers', 'Phone-number!'])(
  '%s -> a call action',
  async (text) => {
    const [piece] = ofKind(await ada(says(text)), 'call-actions');
    expect(piece?.callActions).toEqual([{ title: 'Call us', contactNumber: '+442071234567' }]);
  },
);

it.each(['Do you speak French?', 'En français !', 'en francais'])('%s -> French from here on', async (text) => {
  const pieces = await ada(says(text));
  expect(pieces.map((piece) => piece.kind)).toEqual(['language', 'text']);
  expect(pieces[0]).toEqual({ kind: 'language', languageCode: 'fr-FR' });
  expect(textOf(pieces)).toContain('français');
});

it.each([
  ['human', says('Get me a human, please!')],
  ['humans', says('humans please')],
  ['touch-tone 0', tones('0')],
])('%s -> hands off to the desk', async (_what, turn) => {
  const pieces = await ada(turn);
  expect(textOf(pieces)).not.toBe('');
  expect(ofKind(pieces, 'handoff')[0]?.request).toMatchObject({ kind: 'desk', queue: 'General Support' });
});

it('a human gives the conversation back -> says so, in the language of the conversation', async () => {
  const returned = aTurn({ input: { kind: 'returned', joined: true } });
  expect(textOf(await ada(returned))).toContain('given the conversation back');
  const inFrench = { ...returned, session: { ...returned.session, language: 'fr-FR' } };
  expect(textOf(await ada(inFrench))).toContain('rendu la conversation');
});

it('no human had joined -> speaks of none who gave the conversation back', async () => {
  const text = textOf(await ada(aTurn({ input: { kind: 'returned', joined: false } })));
  expect(text).toContain('no longer waiting');
  expect(text).not.toContain('given the conversation back');
});

it('outside -> the client takes over', async () => {
  expect(ofKind(await ada(says('Is there anybody outside?')), 'handoff')[0]?.request).toMatchObject({
    kind: 'client',
    reason: 'COMPLEX_QUERY',
    queue: 'Support Queue',
  });
});

it('long story -> at least 120 words, one after the other', async () => {
  const pieces = await ada(says('Tell me a long story'));
  expect(textOf(pieces).split(/\s+/).length).toBeGreaterThanOrEqual(120);
  expect(pieces.length).toBeGreaterThan(100);
});

it('slowly -> three seconds of thinking', async () => {
  const time = new FakeTime();
  const agent = createScriptAgent(loadScript(demoScript), { timers: time });
  const pieces = agent.respond(says('Slowly, please'), never)[Symbol.asyncIterator]();
  expect((await pieces.next()).value).toEqual({ kind: 'thinking' });
  const next = pieces.next();
  time.advance(3000);
  expect((await next).value).toMatchObject({ kind: 'text' });
});

it('simulate an error -> the turn breaks', async () => {
  await expect(ada(says('Simulate an error'))).rejects.toMatchObject({ name: 'AgentError', code: 'broken' });
});

it.each([
  ['opening hours', says('opening hours?')],
  ['touch-tone 1', tones('1')],
])('%s -> the opening hours', async (_what, turn) => {
  expect(textOf(await ada(turn))).toMatch(/Monday to Friday/);
});

it.each(['Goodbye!', 'Please end the convo'])('%s -> a goodbye, then the end', async (text) => {
  const pieces = await ada(says(text));
  expect(textOf(pieces)).toContain('Goodbye');
  expect(pieces.at(-1)).toEqual({ kind: 'end' });
});

it.each(['What a lovely day', 'Where is the location?', 'Give me your number', 'a long and sad story'])(
  '%s -> repeated',
  async (text) => {
    expect(textOf(await ada(says(text)))).toBe(`You wrote: ${text}`);
  },
);

it('answers in French once French is spoken', async () => {
  expect(textOf(await ada(says('Merci', { language: 'fr-FR' })))).toBe('Vous avez écrit : Merci');
});

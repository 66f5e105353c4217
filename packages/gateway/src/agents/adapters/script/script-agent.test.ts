import { describe, expect, it } from 'vitest';
import { FakeTime } from '../../../kit/index.ts';
import type { Piece } from '../../ports/chat-agent.ts';
import { answer, aTurn, never, ofKind, says, textOf } from '../../test/turns.ts';
import { createScriptAgent } from './script-agent.ts';
import { parseScript } from './script.ts';

function agentOf(yaml: string, time = new FakeTime()): ReturnType<typeof createScriptAgent> {
  return createScriptAgent(parseScript(yaml, 'test.yaml'), { timers: time });
}

const small = `
greeting: [{ text: "Hi" }]
intents:
  - contains: ["opening hours", "café"]
    reply: [{ text: "first" }]
  - contains: ["opening"]
    tones: ["1", "12"]
    reply: [{ text: "second" }]
fallback: [{ text: "Again: {{text}}" }]
`;

describe('what a script answers to', () => {
  it.each([
    ['Your OPENING HOURS?', 'first'],
    ['opening, hours!', 'first'],
    ['one cafe, please', 'first'],
    ['is it opening today', 'second'],
    ['the reopening hours', 'first'],
    ['two cafés', 'first'],
    ['openings', 'second'],
    ['are you open', 'Again: are you open'],
    ['open, in general', 'Again: open, in general'],
    ['$& and $1', 'Again: $& and $1'],
  ])('%s -> %s', async (text, reply) => {
    expect(textOf(await answer(agentOf(small), says(text)))).toBe(reply);
  });

  it.each([
    ['1', 'second'],
    ['12', 'second'],
    ['2', 'Again: 2'],
  ])('touch-tones %s -> %s', async (digits, reply) => {
    expect(textOf(await answer(agentOf(small), aTurn({ input: { kind: 'tones', digits } })))).toBe(reply);
  });

  it('has nothing to add when nobody said anything', async () => {
    expect(await answer(agentOf(small), aTurn({ input: { kind: 'poll' } }))).toEqual([]);
  });
});

describe('when a human has given the conversation back', () => {
  const returned = aTurn({ input: { kind: 'returned', joined: true } });

  it('says what the script has for it', async () => {
    const pieces = await answer(agentOf(`${small}\nreturned: [{ text: 'I am back.' }]\n`), returned);
    expect(textOf(pieces)).toBe('I am back.');
  });

  it('says nothing when the script has nothing', async () => {
    expect(await answer(agentOf(small), returned)).toEqual([]);
  });

  it('speaks of no human when none had joined', async () => {
    const unanswered = aTurn({ input: { kind: 'returned', joined: false } });
    const wording = `${small}\nreturned: [{ text: 'I am back.' }]\n`;
    expect(await answer(agentOf(wording), unanswered)).toEqual([]);
    const pieces = await answer(agentOf(`${wording}unanswered: [{ text: 'Nobody came.' }]\n`), unanswered);
    expect(textOf(pieces)).toBe('Nobody came.');
  });
});

describe('wordings by language', () => {
  const worded = `
greeting:
  - text: { en: "Hello", fr: "Bonjour", fr-CA: "Allô" }
intents:
  - contains: [german]
    reply:
      - language: de-DE
      - text: { en: "Gladly", de: "Gern" }
fallback: [{ text: "?" }]
`;

  it.each([
    ['en-GB', 'Hello'],
    ['fr-FR', 'Bonjour'],
    ['fr-CA', 'Allô'],
    ['pt-PT', 'Hello'],
  ])('%s -> %s', async (language, text) => {
    expect(textOf(await answer(agentOf(worded), aTurn({ language })))).toBe(text);
  });

  it('a switch counts for what follows in the same reply', async () => {
    expect(textOf(await answer(agentOf(worded), says('German, please')))).toBe('Gern');
  });
});

describe('waiting', () => {
  const waiting = `
greeting: [{ think: 3, text: "there" }]
intents: []
fallback: [{ pace: 100, text: "one two\\nthree" }]
`;

  it('thinks for the seconds it was told', async () => {
    const time = new FakeTime();
    const pieces = agentOf(waiting, time).respond(aTurn({}), never)[Symbol.asyncIterator]();
    expect(await pieces.next()).toEqual({ done: false, value: { kind: 'thinking' } });

    let answered = false;
    const next = pieces.next().then((result) => ((answered = true), result));
    time.advance(2999);
    await Promise.resolve();
    expect(answered).toBe(false);
    time.advance(1);
    expect(await next).toEqual({ done: false, value: { kind: 'text', text: 'there' } });
  });

  it('stops thinking when the turn is called off', async () => {
    const controller = new AbortController();
    const pieces = agentOf(waiting).respond(aTurn({}), controller.signal)[Symbol.asyncIterator]();
    await pieces.next();
    const next = pieces.next();
    controller.abort(new Error('the user left'));
    await expect(next).rejects.toThrow('the user left');
  });

  it('paces words, and loses nothing between them', async () => {
    const time = new FakeTime();
    const pieces: Piece[] = [];
    for await (const piece of agentOf(waiting, time).respond(says('hm'), never)) {
      pieces.push(piece);
      queueMicrotask(() => queueMicrotask(() => time.advance(100)));
    }
    expect(pieces.map((piece) => (piece.kind === 'text' ? piece.text : piece.kind))).toEqual([
      'one ',
      'two\n',
      'three',
    ]);
    expect(ofKind(pieces, 'text')).toHaveLength(3);
  });
});

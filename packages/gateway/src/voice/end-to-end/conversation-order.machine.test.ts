import { describe, expect, it } from 'vitest';
import { order, type Line, type OrderInput } from './conversation-order.machine.ts';

/** What is journaled after each input, as short lines. */
function journaled(...inputs: OrderInput[]): string[][] {
  let waiting: Line[] = [];
  return inputs.map((input) => {
    const { lines, entries } = order(waiting, input);
    waiting = lines;
    return entries.map((entry) => {
      if (entry.write === 'caller') return `caller: ${entry.text}`;
      return entry.write === 'agent' ? `${entry.id}: ${entry.text}` : `${entry.id} over`;
    });
  });
}

const said: OrderInput = { type: 'caller-said', id: 'c' };
const words: OrderInput = { type: 'words', id: 'c', text: 'Hello?' };
const began: OrderInput = { type: 'agent-began', id: 'a' };
const heard = (text: string): OrderInput => ({ type: 'agent-heard', id: 'a', text });
const over: OrderInput = { type: 'agent-over', id: 'a' };

describe('what was said is journaled in its order', () => {
  it('at once when nothing is missing', () => {
    expect(journaled(said, words, began, heard('Hi'), over)).toEqual([
      [],
      ['caller: Hello?'],
      [],
      ['a: Hi'],
      ['a over'],
    ]);
  });

  it('with the answer waiting for words that are recognised late', () => {
    expect(journaled(said, began, heard('Hi '), words, heard('there'), over)).toEqual([
      [],
      [],
      [],
      ['caller: Hello?', 'a: Hi '],
      ['a: there'],
      ['a over'],
    ]);
  });

  it('without the words that nobody could recognise', () => {
    const failed = { ...words, text: null };
    expect(journaled(said, began, heard('Hi'), over, failed)).toEqual([[], [], [], [], ['a: Hi', 'a over']]);
    expect(journaled(said, { ...words, text: '' })).toEqual([[], []]);
  });

  it('late rather than never when the words come after they were given up', () => {
    expect(journaled(said, { ...words, text: null }, began, heard('Hi'), words)).toEqual([
      [],
      [],
      [],
      ['a: Hi'],
      ['caller: Hello?'],
    ]);
  });

  it('with what the caller says meanwhile after the line that is being said', () => {
    expect(journaled(began, said, words, heard('Hi'), over)).toEqual([
      [],
      [],
      [],
      ['a: Hi'],
      ['a over', 'caller: Hello?'],
    ]);
  });

  it('without waiting any longer when something else comes', () => {
    expect(journaled(said, began, heard('Hi'), { type: 'flush' }, heard('!'), over)).toEqual([
      [],
      [],
      [],
      ['a: Hi'],
      ['a: !'],
      ['a over'],
    ]);
  });
});

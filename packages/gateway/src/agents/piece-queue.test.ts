import { describe, expect, it } from 'vitest';
import { PieceQueue } from './piece-queue.ts';
import type { Piece } from './ports/chat-agent.ts';

const text = (said: string): Piece => ({ kind: 'text', text: said });

async function heard(queue: PieceQueue): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of queue) pieces.push(piece);
  return pieces;
}

describe('a queue of pieces', () => {
  it('passes on what came before the listener', async () => {
    const queue = new PieceQueue();
    queue.push(text('a'));
    queue.push(text('b'));
    queue.end();
    expect(await heard(queue)).toEqual([text('a'), text('b')]);
  });

  it('passes on what comes later', async () => {
    const queue = new PieceQueue();
    const hearing = heard(queue);
    await Promise.resolve();
    queue.push(text('a'));
    await Promise.resolve();
    queue.push(text('b'));
    queue.end();
    expect(await hearing).toEqual([text('a'), text('b')]);
  });

  it('throws a failure after the pieces before it', async () => {
    const queue = new PieceQueue();
    const pieces = queue[Symbol.asyncIterator]();
    queue.push(text('a'));
    queue.fail(new Error('broke off'));
    expect(await pieces.next()).toEqual({ done: false, value: text('a') });
    await expect(pieces.next()).rejects.toThrow('broke off');
  });
});

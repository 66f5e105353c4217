// Pieces from several sources on their way to one listener.
import type { Piece } from './ports/chat-agent.ts';

/** A queue of the pieces of one turn. Its length is bounded by what an agent says in a turn. */
export class PieceQueue implements AsyncIterable<Piece> {
  readonly #waiting: Piece[] = [];
  #ended = false;
  #failure: { error: unknown } | null = null;
  #wake: () => void = () => {};

  push(piece: Piece): void {
    this.#waiting.push(piece);
    this.#wake();
  }

  /** No more pieces come. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** No more pieces come, because of an error, which the listener gets after the pieces before it. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.end();
  }

  /** For one listener. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Piece> {
    for (;;) {
      const piece = this.#waiting.shift();
      if (piece) {
        yield piece;
      } else if (this.#ended) {
        if (this.#failure) throw this.#failure.error;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }
}

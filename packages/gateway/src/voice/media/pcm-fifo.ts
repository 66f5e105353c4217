// Audio that comes in pieces of any length and goes out in pieces of another.

/** A queue of samples. Its length is its user's to bound. */
export class PcmFifo {
  readonly #pieces: Int16Array[] = [];
  /** Samples of the first piece that are gone. */
  #taken = 0;
  #length = 0;

  /** Samples in the queue. */
  get length(): number {
    return this.#length;
  }

  /** Appends a piece, which must not be changed afterwards. */
  push(pcm: Int16Array): void {
    if (pcm.length === 0) return;
    this.#pieces.push(pcm);
    this.#length += pcm.length;
  }

  /** Takes `count` samples, or as many as there are. */
  take(count: number): Int16Array {
    const first = this.#pieces[0];
    if (first && this.#taken === 0 && first.length === count) return this.#dropFirst(first);
    const out = new Int16Array(Math.min(count, this.#length));
    for (let filled = 0; filled < out.length;) filled += this.#copyInto(out.subarray(filled));
    return out;
  }

  /** A copy of what `take` would give; it stays in the queue. */
  peek(count: number): Int16Array {
    const out = new Int16Array(Math.min(count, this.#length));
    let from = this.#taken;
    let filled = 0;
    for (const piece of this.#pieces) {
      if (filled === out.length) break;
      const part = piece.subarray(from, from + out.length - filled);
      out.set(part, filled);
      filled += part.length;
      from = 0;
    }
    return out;
  }

  #copyInto(out: Int16Array): number {
    const first = this.#pieces[0];
    if (!first) return out.length;
    const part = first.subarray(this.#taken, this.#taken + out.length);
    out.set(part);
    this.#taken += part.length;
    this.#length -= part.length;
    if (this.#taken === first.length) {
      this.#pieces.shift();
      this.#taken = 0;
    }
    return part.length;
  }

  #dropFirst(first: Int16Array): Int16Array {
    this.#pieces.shift();
    this.#length -= first.length;
    return first;
  }
}

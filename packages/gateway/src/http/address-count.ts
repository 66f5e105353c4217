// How many things each address has open at once.

/** Counts up to a limit per key; a limit of 0 is none. */
export class AddressCount {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more, if the address may have it. */
  add(address: string): boolean {
    const count = this.#counts.get(address) ?? 0;
    if (this.#limit > 0 && count >= this.#limit) return false;
    this.#counts.set(address, count + 1);
    return true;
  }

  /** Gives back what `add` counted. */
  remove(address: string): void {
    const count = this.#counts.get(address) ?? 0;
    if (count > 1) this.#counts.set(address, count - 1);
    else this.#counts.delete(address);
  }
}

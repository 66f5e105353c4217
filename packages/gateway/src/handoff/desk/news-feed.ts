// What one person is told, in order and numbered, for as long as they may come back and ask for the rest.
import type { DeskEvent, DeskNews } from './desk-events.ts';

/** News kept for somebody who comes back; whoever missed more is told everything anew. */
const KEPT = 2000;

/** Takes news. */
export type Listener = (news: DeskNews) => void;

/** The news of one person, over all their connections. */
export class NewsFeed {
  readonly #epoch: string;
  readonly #kept: DeskNews[] = [];
  readonly #listeners = new Set<Listener>();
  #count = 0;

  /** `epoch` tells this feed's cursors from those of any other. */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** Tells everybody who listens. Typing has no number of its own: it is not told to those who come later. */
  tell(event: DeskEvent): void {
    const lasts = event.type !== 'typing';
    if (lasts) this.#count++;
    const news: DeskNews = { cursor: this.#cursor(), event };
    if (lasts) this.#keep(news);
    for (const listener of this.#listeners) listener(news);
  }

  /** Listens from now on. Returns what came after the cursor; null when that is no longer known, or never was. */
  listen(listener: Listener, cursor: string | undefined): DeskNews[] | null {
    this.#listeners.add(listener);
    return cursor === undefined ? null : this.#after(cursor);
  }

  /** The cursor of somebody who knows everything up to now. */
  now(): string {
    return this.#cursor();
  }

  stop(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  #after(cursor: string): DeskNews[] | null {
    const missed = this.#count - this.#numberIn(cursor);
    return missed >= 0 && missed <= this.#kept.length ? this.#kept.slice(this.#kept.length - missed) : null;
  }

  #numberIn(cursor: string): number {
    const prefix = `${this.#epoch}.`;
    return cursor.startsWith(prefix) && /^\d+$/.test(cursor.slice(prefix.length))
      ? Number(cursor.slice(prefix.length))
      : Infinity;
  }

  #cursor(): string {
    return `${this.#epoch}.${this.#count}`;
  }

  #keep(news: DeskNews): void {
    this.#kept.push(news);
    if (this.#kept.length > KEPT) this.#kept.shift();
  }
}

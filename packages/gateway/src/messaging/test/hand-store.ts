// A store for tests: what it is given becomes durable, and what it is asked for is read, when the test says so.
import type { SessionStore, StoredEntry, StoredSession } from '../ports/session-store.ts';
import type { SessionInfo } from '../session/session-info.ts';

interface Append {
  sessionId: string;
  append: Parameters<SessionStore['append']>[1];
  done: (error?: Error) => void;
}

interface Kept extends StoredSession {
  messageMs: number;
  endedMs: number | null;
  unfinished: boolean;
}

/** Sessions in memory. By default all happens a microtask later; `holdWrites` and `holdReads` leave it to the test. */
export class HandStore implements SessionStore {
  holdWrites = false;
  holdReads = false;
  /** Every append that was given, with its marks. */
  readonly appends: Append[] = [];
  readonly kept: Map<string, Kept> = new Map();
  readonly #waiting: Append[] = [];
  readonly #written: Append[] = [];
  readonly #reads: (() => void)[] = [];

  /** Appends that aren't durable yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get heldReads(): number {
    return this.#reads.length;
  }

  /** Makes the oldest append durable, without a word to who gave it. */
  write(): void {
    const next = this.#waiting.shift();
    if (!next) return;
    this.#keep(next);
    this.#written.push(next);
  }

  /** Says that the oldest durable append is durable. */
  tell(): void {
    this.#written.shift()?.done();
  }

  /** Makes appends durable, the oldest first, and says so. */
  commit(count: number = Infinity): void {
    for (let made = 0; made < count && this.#waiting.length + this.#written.length > 0; made++) {
      if (this.#written.length === 0) this.write();
      this.tell();
    }
  }

  /** Fails the oldest append. */
  refuse(error: Error = new Error('disk full')): void {
    this.#waiting.shift()?.done(error);
  }

  /** Answers the oldest read, with what is durable now. */
  answer(): void {
    this.#reads.shift()?.();
  }

  async create(info: SessionInfo, entries: readonly StoredEntry[]): Promise<void> {
    const { createdMs } = info;
    const marks = { messageMs: createdMs, endedMs: null, unfinished: false };
    this.kept.set(info.id, { info, entries: [...entries], activeMs: createdMs, context: null, ...marks });
  }

  append(sessionId: string, append: Append['append'], done: Append['done']): void {
    const given = { sessionId, append, done };
    this.appends.push(given);
    this.#waiting.push(given);
    if (!this.holdWrites) queueMicrotask(() => this.commit(1));
  }

  async load(sessionId: string): Promise<StoredSession | undefined> {
    return structuredClone(this.kept.get(sessionId));
  }

  replay(sessionId: string, { after, limit }: { after: number; limit: number }): Promise<string[]> {
    const read = (): string[] =>
      (this.kept.get(sessionId)?.entries ?? [])
        .filter(({ sequence }) => sequence !== null && sequence > after)
        .slice(0, limit)
        .map(({ text }) => text);
    if (!this.holdReads) return Promise.resolve(read());
    return new Promise((resolve) => this.#reads.push(() => resolve(read())));
  }

  note(sessionId: string, { activeMs, context }: Parameters<SessionStore['note']>[1]): void {
    const session = this.kept.get(sessionId);
    if (!session || session.endedMs !== null) return;
    if (activeMs !== undefined) session.activeMs = activeMs;
    if (context !== undefined) session.context = context;
  }

  async due(query: Parameters<SessionStore['due']>[0]): Promise<string[]> {
    const isDue = ({ endedMs, activeMs, messageMs, unfinished }: Kept): boolean =>
      endedMs === null &&
      (activeMs < query.activeBeforeMs || messageMs < query.messageBeforeMs || (query.unfinished && unfinished));
    const sessions = [...this.kept.values()];
    return sessions
      .slice(sessions.findIndex(({ info }) => info.id === query.after) + 1)
      .filter(isDue)
      .slice(0, query.limit)
      .map(({ info }) => info.id);
  }

  #keep({ sessionId, append: { entries, marks } }: Append): void {
    const session = this.kept.get(sessionId);
    const last = session?.entries.at(-1)?.position ?? 0;
    if (!session || entries[0]?.position !== last + 1) throw new Error('the entries do not follow on those stored');
    session.entries.push(...structuredClone(entries));
    session.messageMs = marks?.messageMs ?? session.messageMs;
    session.endedMs = marks?.endedMs ?? session.endedMs;
    session.unfinished = marks?.unfinished ?? session.unfinished;
    if (session.endedMs !== null) session.context = null;
  }
}

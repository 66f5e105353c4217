// The process's side of the database thread: gathers what is given while the thread writes, and hands it over together.
import type { Worker } from 'node:worker_threads';
import type { Log } from '../../kit/index.ts';
import { StoreError } from '../store-error.ts';
import { ring, type Bell } from './bell.ts';
import { errorOf, type Call, type Queries, type ThreadReply, type ThreadRequest } from './thread-messages.ts';
import { addAppend, addNote, emptyGroup, hasWrites, type Append, type SessionNote } from './write-group.ts';

/** Called once, when the append is durable or with what kept it from it. */
export type Done = (error?: Error) => void;

/** What the thread needs to know of the process. */
export interface StoreThreadParts {
  log: Log;
  /** What the thread sleeps on; without one it waits in its event loop. */
  bell?: Bell | undefined;
  /** The thread is gone although nobody closed it. Called once; nothing succeeds from then on. */
  onFailure?: ((error: Error) => void) | undefined;
}

interface Asked {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/**
 * One group of writes is under way at a time; what comes meanwhile makes the next one, so groups grow as the disk gets
 * slow. The first write after a rest leaves with what was given in the same breath.
 */
export class StoreThread {
  readonly #worker: Worker;
  readonly #parts: StoreThreadParts;
  readonly #exited: Promise<void>;
  readonly #asked = new Map<number, Asked>();
  #group = emptyGroup();
  #dones: Done[] = [];
  #calls: Call[] = [];
  #callCount = 0;
  /** Who waits for the group that is under way. */
  #written: { sessionIds: string[]; dones: Done[] } | null = null;
  #woken = false;
  #gone = false;
  /** Why nothing is taken any more. */
  #over: StoreError | null = null;
  #closing: Promise<void> | null = null;

  /** `worker` is a thread that has opened its database. */
  constructor(worker: Worker, parts: StoreThreadParts) {
    this.#worker = worker;
    this.#parts = parts;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (reply: ThreadReply) => this.#receive(reply));
    worker.once('error', (error) => this.#fail(error));
    worker.once('exit', () => this.#fail(new Error('the thread has ended')));
  }

  /** Adds an append to the next group. */
  append(append: Append, done: Done): void {
    if (this.#over) {
      const error = this.#over;
      queueMicrotask(() => this.#call(done, error));
      return;
    }
    addAppend(this.#group, append);
    this.#dones.push(done);
    this.#wake();
  }

  /** Adds a note to the next group. */
  note(sessionId: string, note: SessionNote): void {
    if (this.#over) return;
    addNote(this.#group, sessionId, note);
    this.#wake();
  }

  /** Asks the thread something; the answer knows of every write given before. */
  ask<Name extends keyof Queries>(name: Name, ...args: Parameters<Queries[Name]>): Promise<ReturnType<Queries[Name]>> {
    if (this.#over) return Promise.reject(this.#over);
    const id = ++this.#callCount;
    this.#calls.push({ id, name, args });
    this.#wake();
    return new Promise((resolve, reject) => this.#asked.set(id, { resolve, reject }));
  }

  /** Has everything written that was given, then ends the thread. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (!this.#over) {
      const closed = this.ask('close');
      this.#over = new StoreError('unusable', 'the store is closed');
      await closed;
    }
    await this.#exited;
  }

  #wake(): void {
    if (this.#woken || this.#written) return;
    this.#woken = true;
    queueMicrotask(() => {
      this.#woken = false;
      this.#send();
    });
  }

  #send(): void {
    const calls = this.#calls;
    this.#calls = [];
    if (!hasWrites(this.#group)) {
      if (calls.length > 0) this.#hand({ group: null, calls });
      return;
    }
    this.#written = { sessionIds: this.#group.sessionIds, dones: this.#dones };
    this.#hand({ group: this.#group, calls });
    this.#group = emptyGroup();
    this.#dones = [];
  }

  #hand(request: ThreadRequest): void {
    this.#worker.postMessage(request);
    if (this.#parts.bell) ring(this.#parts.bell);
  }

  #receive(reply: ThreadReply): void {
    switch (reply.type) {
      case 'written':
        return this.#settle(reply.conflicts);
      case 'not-written':
        return this.#settle([], errorOf(reply.failure));
      case 'answer':
        return this.#answered(reply.id)?.resolve(reply.value as never);
      case 'no-answer':
        return this.#answered(reply.id)?.reject(errorOf(reply.failure));
    }
  }

  #settle(conflicts: number[], failure?: StoreError): void {
    const written = this.#written;
    if (!written) return;
    this.#written = null;
    // The next group leaves first, so that the thread writes while the process goes on with what was written.
    this.#send();
    if (failure) this.#parts.log.error({ err: failure, appends: written.dones.length }, 'A group was not stored');
    const refused = new Set(conflicts);
    for (const [index, done] of written.dones.entries()) {
      if (refused.has(index)) this.#call(done, conflict(written.sessionIds[index]));
      else this.#call(done, failure);
    }
  }

  #call(done: Done, error?: Error): void {
    try {
      done(error);
    } catch (thrown) {
      // The other appends of the group are nobody's hostages.
      this.#parts.log.error({ err: thrown }, 'Whoever waited for an append failed');
    }
  }

  #answered(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #fail(cause: Error): void {
    const wasClosed = this.#closing !== null && this.#asked.size === 0;
    if (wasClosed || this.#gone) return;
    this.#gone = true;
    const error = new StoreError('unusable', `the database thread is gone: ${cause.message}`);
    this.#over = error;
    this.#parts.log.error({ err: cause }, 'The database thread is gone');
    const dones = [...(this.#written?.dones ?? []), ...this.#dones];
    this.#written = null;
    this.#dones = [];
    for (const done of dones) this.#call(done, error);
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
    this.#parts.onFailure?.(error);
  }
}

function conflict(sessionId = ''): StoreError {
  return new StoreError('conflict', `session ${sessionId}: the entries don't follow on those stored`);
}

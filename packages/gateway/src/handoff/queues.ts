// The queues of the house, and finding one by what an agent calls it.
import type { AfterHuman } from './desk/desk-actions.ts';
import type { OpenPeriod } from './opening-hours.ts';

/** A queue and how it is run. */
export interface Queue {
  id: string;
  /** As people read it. */
  name: string;
  /** How long somebody waits before the wait is given up. */
  timeoutMs: number;
  /** What follows when the last human leaves, when nobody came in time, and when the desk can't help or is gone. */
  afterHuman: AfterHuman;
  afterTimeout: AfterHuman;
  afterFailure: AfterHuman;
  /** What follows when a waiting user writes one of the cancel words. */
  afterCancel: AfterHuman;
  /** What follows when the only human vanishes from the desk; `queue`: the user waits again, at its head. */
  afterVanish: AfterHuman | 'queue';
  /** When it takes people in; null: always. */
  hours: readonly OpenPeriod[] | null;
  timezone: string;
  /** Chats one person may have at once. */
  capacity: number;
  /** Queues with more go first. */
  priority: number;
  /** What a waiting user writes who doesn't want to wait any more. */
  cancelWords: readonly string[];
  /** What a user is told whose human is gone and who waits again. */
  requeuedMessage: string;
  /** What a caller is told in place of waiting; the call ends then. Null: they wait. */
  announce: string | null;
}

/** The queues. */
export interface Queues {
  readonly all: readonly Queue[];
  byId(id: string): Queue | undefined;
  /** By name or id. A queue nobody knew is made the first time it is asked for: agents may name one of their own. */
  called(name: string): Queue;
}

/** Makes the queues from those that are known; `make` makes the others, whose id is their name. */
export function createQueues(known: readonly Queue[], make: (name: string) => Queue): Queues {
  const all = [...known];
  const byId = (id: string): Queue | undefined => all.find((queue) => queue.id === id);
  return {
    all,
    byId,
    called(name) {
      const found = all.find((queue) => queue.name === name) ?? byId(name);
      if (found) return found;
      const made = make(name);
      all.push(made);
      return made;
    },
  };
}

/** Whether a user's message is one of the words with which they stop waiting. */
export function isCancelWord(text: string, { cancelWords }: Pick<Queue, 'cancelWords'>): boolean {
  const plain = (words: string): string => words.trim().toLowerCase();
  return cancelWords.some((word) => plain(word) === plain(text));
}

// The feeds that are open: who is signed out loses theirs, and everybody does when the process goes.

/** A feed, as far as that matters here. */
export interface OpenFeed {
  /** Undefined while nobody is signed in. */
  readonly personId: string | undefined;
  readonly token: string | undefined;
  signedOut(): void;
  goAway(): void;
}

/** A page each, and some to spare. */
const MAX_PER_PERSON = 20;

/** All feeds. */
export class OpenFeeds {
  readonly #feeds = new Set<OpenFeed>();

  add(feed: OpenFeed): void {
    this.#feeds.add(feed);
  }

  remove(feed: OpenFeed): void {
    this.#feeds.delete(feed);
  }

  /** Whether a person has as many as one may. */
  isFull(personId: string): boolean {
    return [...this.#feeds].filter((feed) => feed.personId === personId).length >= MAX_PER_PERSON;
  }

  /** A sign-in is over. */
  signedOut(token: string): void {
    for (const feed of this.#feeds) if (feed.token === token) feed.signedOut();
  }

  /** The process is going: clients shall connect anew. */
  closeAll(): void {
    for (const feed of this.#feeds) feed.goAway();
  }
}

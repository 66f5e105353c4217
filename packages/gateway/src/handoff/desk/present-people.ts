// Who is at the desk: connected, or gone for so short a time that they may come back as if they hadn't been.
import type { NewId, Timer, Timers } from '../../kit/index.ts';
import type { Availability, DeskPerson, PersonRef } from './desk-person.ts';
import { NewsFeed } from './news-feed.ts';

/** Without a connection for so long, a person is gone, and their chats are given back. */
const VANISHED_MS = 60_000;

/** What a person was told of a case last. */
export interface Told {
  kind: 'waiting' | 'chat';
  /** The view as text, to see whether it changed. */
  text: string;
}

/** Somebody at the desk. */
export interface PresentPerson {
  person: DeskPerson;
  availability: Availability;
  connections: number;
  readonly feed: NewsFeed;
  /** By session id. */
  readonly told: Map<string, Told>;
  /** What the others were told of this person last. */
  toldText: string;
  /** Runs while there is no connection. */
  vanishing: Timer | null;
}

/** The people at the desk. */
export interface PresentPeople {
  readonly all: Iterable<PresentPerson>;
  readonly count: number;
  get(personId: string): PresentPerson | undefined;
  /** Somebody is there, with what is known of them now. Without a connection they are about to vanish. */
  enter(person: DeskPerson): PresentPerson;
  /** Somebody has chats from a former process, and may come back. */
  expect(ref: PersonRef): PresentPerson;
  connected(present: PresentPerson): void;
  disconnected(present: PresentPerson): void;
  /** Nobody vanishes any more. */
  stop(): void;
}

/** Makes an empty desk. `onVanished` is told of people who did not come back; they are forgotten by then. */
export function createPresentPeople(parts: {
  timers: Timers;
  newId: NewId;
  onVanished(present: PresentPerson): void;
}): PresentPeople {
  const people = new Map<string, PresentPerson>();

  function beginToVanish(present: PresentPerson): void {
    present.vanishing?.cancel();
    present.vanishing = parts.timers.after(VANISHED_MS, () => {
      present.vanishing = null;
      people.delete(present.person.id);
      parts.onVanished(present);
    });
  }

  function enter(person: DeskPerson): PresentPerson {
    const known = people.get(person.id);
    const present = known ?? {
      person,
      availability: 'away' as const,
      connections: 0,
      feed: new NewsFeed(parts.newId()),
      told: new Map(),
      toldText: '',
      vanishing: null,
    };
    present.person = person;
    people.set(person.id, present);
    if (present.connections === 0) beginToVanish(present);
    return present;
  }

  return {
    get count() {
      return people.size;
    },
    get all() {
      return people.values();
    },
    get: (personId) => people.get(personId),
    enter,
    expect: ({ id, name }) => people.get(id) ?? enter({ id, name, role: 'agent', queueIds: null, capacity: null }),
    connected(present) {
      present.connections++;
      present.vanishing?.cancel();
      present.vanishing = null;
    },
    disconnected(present) {
      present.connections--;
      if (present.connections === 0) beginToVanish(present);
    },
    stop() {
      for (const { vanishing } of people.values()) vanishing?.cancel();
    },
  };
}

// A client of a session without a socket: what its user does, and every event it is shown.
import { decodeServerFrame } from '@parley/protocol';
import type { ClientEvent, Custom, Envelope } from '@parley/protocol';
import type { LiveSession, Subscriber } from '../src/messaging/index.ts';

/** A client that can go away and come back. */
export interface SessionClient {
  readonly session: LiveSession;
  /** Every event, each once. */
  readonly events: Envelope[];
  /** The events since this was read before, as lines. */
  news(): string[];
  join(): Promise<void>;
  say(text: string, custom?: Custom): Promise<void>;
  types(state: 'TYPING_STATE_STARTED' | 'TYPING_STATE_STOPPED'): void;
  end(): Promise<void>;
  goAway(): void;
  comeBack(): void;
}

/** How a house treats its clients. */
export interface ClientHabits {
  /** An event in the words of the house. */
  readonly lineOf: (envelope: Envelope) => string;
  /** Waits until what the user did has come about. */
  readonly settle: () => Promise<void>;
}

/** A client that sees all of a session from now on. */
export function sessionClient(session: LiveSession, { lineOf, settle }: ClientHabits): SessionClient {
  const events: Envelope[] = [];
  let read = 0;
  const subscriber: Subscriber = {
    deliver: (frame) => void events.push(...(decodeServerFrame(frame) ?? [])),
    ended() {},
    broke() {},
  };
  session.subscribe(subscriber);
  const send = (event: ClientEvent, custom?: Custom): void =>
    session.execute({ type: 'client-event', event, custom }, subscriber);
  return {
    session,
    events,
    news() {
      const news = events.slice(read).map(lineOf);
      read = events.length;
      return news;
    },
    join() {
      send({ type: 'request-poly-agent-join' });
      return settle();
    },
    say(text, custom) {
      send({ type: 'user-message', text }, custom);
      return settle();
    },
    types: (state) => send({ type: 'user-typing', state }),
    end() {
      send({ type: 'user-end-session' });
      return settle();
    },
    goAway: () => session.unsubscribe(subscriber),
    comeBack: () => session.subscribe(subscriber),
  };
}

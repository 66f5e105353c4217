// Parley's own desk: the port that hand-offs go to, and everything its people can do.
import type { HandoffDesk } from '../ports/handoff-desk.ts';
import type { DeskAction, DeskAnswer } from './desk-actions.ts';
import type { DeskNews } from './desk-events.ts';
import type { Availability, DeskPerson, PersonRef } from './desk-person.ts';
import type { DeskView } from './desk-views.ts';

/** How somebody connects. */
export interface DeskEntry {
  person: DeskPerson;
  /** The last cursor seen; without one, or with one that is too old, everything is told first. */
  cursor?: string | undefined;
  /** What the person had chosen before; else what is known, else `away`. */
  availability?: Availability | undefined;
  /** Takes news, in order. Must not throw. */
  listen(news: DeskNews): void;
}

/** A person's connection. One person may have several. */
export interface DeskConnection {
  /** Does something. Never rejects for what people do wrong. */
  do(action: DeskAction): Promise<DeskAnswer>;
  /** The connection is gone. A person without any for 60 s loses their chats to the heads of their queues. */
  close(): void;
}

/** The desk. */
export interface DeskService extends HandoffDesk {
  /** Reads what a former process left. Before sessions are loaded. */
  start(): Promise<void>;
  /** Calls off everything that waits for its time. */
  stop(): void;
  /** The first news come before this returns. */
  connect(entry: DeskEntry): DeskConnection;
  /** Does something without a connection, for integrations: the person is as if connected while it is done. */
  act(person: DeskPerson, action: DeskAction): Promise<DeskAnswer>;
  /** Everything a person sees now, without a connection. */
  view(person: DeskPerson): DeskView;
  /** The person, if they have this chat at the moment. */
  personIn(chat: { sessionId: string; personId: string }): PersonRef | undefined;
}

// Who works at the desk, as the desk needs to know them. Where people come from is the house's business.

/** `agent`: answers chats. `supervisor`: sees all queues and chats too, may listen in and join. */
export type DeskRole = 'agent' | 'supervisor';

/** Whether somebody wants chats at the moment. */
export type Availability = 'available' | 'away';

/** A person who has signed in. `id` is what visitors' clients see as the agent's id. */
export interface DeskPerson {
  id: string;
  /** As visitors read it. */
  name: string;
  avatarUrl?: string | undefined;
  role: DeskRole;
  /** Ids of the queues this person answers; null: all of them. */
  queueIds: readonly string[] | null;
  /** Chats at the same time; null: what the queue says. */
  capacity: number | null;
}

/** A person in a few words, for those who only need to know who it is. */
export interface PersonRef {
  id: string;
  name: string;
}

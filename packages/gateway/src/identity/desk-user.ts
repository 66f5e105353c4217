// A person who may sign in to the desk, and the sign-ins they have. Passwords and tokens are kept as hashes only.

/** `supervisor`: sees every queue and chat. */
export type DeskRole = 'agent' | 'supervisor';

/** A person as the database keeps them. */
export interface DeskUser {
  /** What they sign in with, in lower case; what visitors' clients see as the agent's id. */
  id: string;
  /** As visitors read it. */
  name: string;
  avatarUrl?: string | undefined;
  role: DeskRole;
  /** Ids of the queues they answer; null: all of them. */
  queueIds: string[] | null;
  /** Chats at the same time; null: what the queue says. */
  capacity: number | null;
  /** See `password.ts`. Empty: no password lets them in. */
  passwordHash: string;
}

/** One sign-in. */
export interface DeskSignIn {
  /** SHA-256 of the token, in hex. */
  tokenSha256: string;
  userId: string;
  createdMs: number;
  expiresMs: number;
}

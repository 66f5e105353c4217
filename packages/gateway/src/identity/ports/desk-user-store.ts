// Where people of the desk and their sign-ins are kept.
import type { DeskSignIn, DeskUser } from '../desk-user.ts';

/** Storage of desk users. */
export interface DeskUserStore {
  /** All of them, by id. They are few. */
  list(): Promise<DeskUser[]>;
  /** Adds a user, or replaces the one of the same id. Sign-ins stay. */
  save(user: DeskUser): Promise<void>;
  /** Removes a user and all their sign-ins. Whether there was one to remove. */
  remove(id: string): Promise<boolean>;
  /** Expired ones too; the caller looks at `expiresMs`. */
  findSignIn(tokenSha256: string): Promise<DeskSignIn | undefined>;
  /** Keeps a sign-in, and forgets those that had expired when it was made. */
  saveSignIn(signIn: DeskSignIn): Promise<void>;
  removeSignIn(tokenSha256: string): Promise<void>;
}

// Keeps the people of the desk and their sign-ins.
import type { Database } from 'better-sqlite3';
import type { DeskSignIn, DeskUser } from '../../identity/index.ts';

/** The port of desk users, answered at once. */
export interface DeskUserRecords {
  deskUsers(): DeskUser[];
  saveDeskUser(user: DeskUser): void;
  removeDeskUser(id: string): boolean;
  findSignIn(tokenSha256: string): DeskSignIn | undefined;
  saveSignIn(signIn: DeskSignIn): void;
  removeSignIn(tokenSha256: string): void;
}

/** Prepares the statements. */
export function createDeskUserRecords(database: Database): DeskUserRecords {
  const all = database.prepare<[], string>('SELECT record FROM desk_users ORDER BY id').pluck();
  const upsert = database.prepare(
    'INSERT INTO desk_users (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const remove = database.prepare('DELETE FROM desk_users WHERE id = ?');
  const removeSignInsOf = database.prepare('DELETE FROM desk_sign_ins WHERE user_id = ?');
  const signIn = database.prepare<[string], DeskSignIn>(
    `SELECT token_sha256 AS tokenSha256, user_id AS userId, created_ms AS createdMs, expires_ms AS expiresMs
    FROM desk_sign_ins WHERE token_sha256 = ?`,
  );
  const insertSignIn = database.prepare(
    'INSERT INTO desk_sign_ins (token_sha256, user_id, created_ms, expires_ms) VALUES (?, ?, ?, ?)',
  );
  const removeExpired = database.prepare('DELETE FROM desk_sign_ins WHERE expires_ms <= ?');
  const removeSignIn = database.prepare('DELETE FROM desk_sign_ins WHERE token_sha256 = ?');

  const removeUser = database.transaction((id: string): boolean => {
    removeSignInsOf.run(id);
    return remove.run(id).changes > 0;
  });
  const saveSignIn = database.transaction(({ tokenSha256, userId, createdMs, expiresMs }: DeskSignIn): void => {
    removeExpired.run(createdMs);
    insertSignIn.run(tokenSha256, userId, createdMs, expiresMs);
  });

  return {
    deskUsers: () => all.all().map((text) => JSON.parse(text) as DeskUser),
    saveDeskUser: (user) => void upsert.run(user.id, JSON.stringify(user)),
    removeDeskUser: (id) => removeUser.immediate(id),
    findSignIn: (tokenSha256) => signIn.get(tokenSha256),
    saveSignIn: (made) => saveSignIn.immediate(made),
    removeSignIn: (tokenSha256) => void removeSignIn.run(tokenSha256),
  };
}

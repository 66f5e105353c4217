// Signs people in to the desk: by name and password, or by a token of the configuration. A sign-in is a token of its
// own, which only its holder knows.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../kit/index.ts';
import { hashToken } from './connector.ts';
import type { DeskUser } from './desk-user.ts';
import { isPassword } from './password.ts';
import type { DeskUserStore } from './ports/desk-user-store.ts';
import { RateLimit } from './rate-limit.ts';

/** A working day, so that nobody is thrown out in the middle of one. */
const SIGN_IN_MS = 12 * 60 * 60 * 1000;
/**
 * All tries of an address, and wrong ones at a name: from one address, and from wherever. All may come at once; then one
 * every so often. A name refills faster than one address may try it, so that no stranger alone keeps somebody out.
 */
const PER_ADDRESS = { perSecond: 1 / 6, burst: 20 };
const PER_NAME_AND_ADDRESS = { perSecond: 1 / 30, burst: 5 };
const PER_NAME = { perSecond: 1 / 10, burst: 100 };
/** Longer ones are no passwords, only work. */
const MAX_PASSWORD_LENGTH = 1024;

/** What somebody signs in with. */
export type DeskCredentials = { id: string; password: string } | { token: string };

/** How a sign-in went. `token` is shown once; what is kept is its hash. */
export type DeskSignInOutcome =
  | { kind: 'signed-in'; token: string; expiresMs: number; user: DeskUser }
  | { kind: 'wrong' }
  | { kind: 'throttled'; retryAfterSeconds: number };

/** What signing in needs from its house. */
export interface DeskUsersParts {
  store: DeskUserStore;
  clock: Clock;
  /** SHA-256 of tokens that let in whoever has them, as the demo's person. */
  tokens: readonly string[];
}

/** Whoever signs in with a token of the configuration. */
const tokenUser: DeskUser = {
  id: 'demo',
  name: 'Demo Agent',
  role: 'supervisor',
  queueIds: null,
  capacity: null,
  passwordHash: '',
};

/** The people of the desk. */
export class DeskUsers {
  readonly #parts: DeskUsersParts;
  readonly #byAddress: RateLimit;
  readonly #byNameAndAddress: RateLimit;
  readonly #byName: RateLimit;

  constructor(parts: DeskUsersParts) {
    this.#parts = parts;
    const { clock } = parts;
    this.#byAddress = new RateLimit({ ...PER_ADDRESS, clock });
    this.#byNameAndAddress = new RateLimit({ ...PER_NAME_AND_ADDRESS, clock });
    this.#byName = new RateLimit({ ...PER_NAME, clock });
  }

  /** Signs somebody in who comes from an address. Names are told apart from passwords by nothing in the answer. */
  async signIn(credentials: DeskCredentials, address: string): Promise<DeskSignInOutcome> {
    const tries = 'id' in credentials ? this.#triesAt(plainId(credentials.id), address) : [];
    // One after the other: what one limit refuses costs the next ones nothing.
    for (const { limit, key } of [{ limit: this.#byAddress, key: address }, ...tries]) {
      const verdict = limit.take(key);
      if (!verdict.allowed) return { kind: 'throttled', retryAfterSeconds: verdict.retryAfterSeconds };
    }
    const user = 'id' in credentials ? await this.#byPassword(credentials) : this.#byToken(credentials.token);
    if (!user) return { kind: 'wrong' };
    for (const { limit, key } of tries) limit.giveBack(key);
    const token = randomBytes(32).toString('base64url');
    const createdMs = this.#parts.clock.nowMs();
    const expiresMs = createdMs + SIGN_IN_MS;
    await this.#parts.store.saveSignIn({ tokenSha256: hashToken(token), userId: user.id, createdMs, expiresMs });
    return { kind: 'signed-in', token, expiresMs, user };
  }

  /** Whose sign-in the token is; undefined when it is nobody's any more. */
  async of(token: string): Promise<DeskUser | undefined> {
    const signIn = await this.#parts.store.findSignIn(hashToken(token));
    if (!signIn || signIn.expiresMs <= this.#parts.clock.nowMs()) return undefined;
    return this.#find(signIn.userId);
  }

  /** Ends a sign-in. */
  signOut(token: string): Promise<void> {
    return this.#parts.store.removeSignIn(hashToken(token));
  }

  #triesAt(id: string, address: string): { limit: RateLimit; key: string }[] {
    return [
      { limit: this.#byNameAndAddress, key: `${address} ${id}` },
      { limit: this.#byName, key: id },
    ];
  }

  async #byPassword({ id, password }: { id: string; password: string }): Promise<DeskUser | undefined> {
    if (password.length > MAX_PASSWORD_LENGTH) return undefined;
    const user = (await this.#parts.store.list()).find((each) => each.id === plainId(id));
    return (await isPassword(password, user?.passwordHash ?? '')) ? user : undefined;
  }

  #byToken(token: string): DeskUser | undefined {
    return this.#parts.tokens.includes(hashToken(token)) ? tokenUser : undefined;
  }

  async #find(id: string): Promise<DeskUser | undefined> {
    const stored = (await this.#parts.store.list()).find((user) => user.id === id);
    return stored ?? (id === tokenUser.id && this.#parts.tokens.length > 0 ? tokenUser : undefined);
  }
}

function plainId(id: string): string {
  return id.trim().toLowerCase();
}

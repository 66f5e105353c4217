// The keys that our own tokens are signed with: one per secret, the first signs, all verify.
import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { errors } from 'jose';
import { hashToken } from './connector.ts';

/** How our tokens are signed (RFC 7518, section 3.2). */
export const SIGNING_ALGORITHM = 'HS256';

/** Who issues our tokens. */
export const ISSUER = 'parley';

/** Our tokens have some 400 characters; nobody needs to have longer ones parsed. */
export const MAX_TOKEN_LENGTH = 2048;

/** A secret at work. */
export interface SigningKey {
  /** Names the secret without telling it, so that verification picks the right one. */
  kid: string;
  key: KeyObject;
}

/** The keys of secrets, in their order. */
export function signingKeys(secrets: readonly string[]): SigningKey[] {
  return secrets.map((secret) => ({
    kid: hashToken(`kid:${secret}`).slice(0, 16),
    key: createSecretKey(secret, 'utf8'),
  }));
}

/** The key that signs. Throws when there is none. */
export function firstKey(keys: readonly SigningKey[]): SigningKey {
  const [key] = keys;
  if (!key) throw new Error('There is no secret to sign tokens with.');
  return key;
}

/** The key that a token's header names. Throws jose's error when there is none. */
export function keyNamed(kid: string | undefined, keys: readonly SigningKey[]): KeyObject {
  const key = keys.find((known) => known.kid === kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key.key;
}

// Verifies context tokens: JWTs in which an integrator's backend vouches for facts about a user.
// Source: messaging spec, section 12. Why a token was refused is nobody's business, so there is one answer: undefined.
import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { ContextKey } from './connector.ts';

const MAX_LIFETIME_SECONDS = 30;
const MAX_TOKEN_BYTES = 16 * 1024;
const MAX_CONTEXT_BYTES = 8 * 1024;

/** Facts about a user. */
export type VerifiedContext = Record<string, string | number | boolean | null>;

/**
 * The facts of a token that was made for this session with one of the keys; undefined when anything is wrong with it.
 * Without keys (the feature is off) nothing verifies.
 */
export async function verifyContextToken(
  token: string,
  rule: { keys: readonly ContextKey[]; contextId: string; nowMs: number },
): Promise<VerifiedContext | undefined> {
  if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) return undefined;
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => secretOf(kid, rule.keys), {
      algorithms: ['HS256'],
      subject: rule.contextId,
      requiredClaims: ['iat', 'exp'],
      currentDate: new Date(rule.nowMs),
    });
    return lifetimeIsShort(payload, rule.nowMs) && isContext(payload['ctx']) ? payload['ctx'] : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

// The secret is the text as it was issued, even where it looks like hex.
function secretOf(kid: string | undefined, keys: readonly ContextKey[]): KeyObject {
  const key = keys.find((known) => known.kid === kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return createSecretKey(key.secret, 'utf8');
}

// A token dated into the future would outlive its 30 s, so that is refused too.
function lifetimeIsShort({ iat = 0, exp = 0 }: { iat?: number; exp?: number }, nowMs: number): boolean {
  return exp > iat && exp - iat <= MAX_LIFETIME_SECONDS && iat - nowMs / 1000 <= MAX_LIFETIME_SECONDS;
}

function isContext(value: unknown): value is VerifiedContext {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(isFact) && Buffer.byteLength(JSON.stringify(value)) <= MAX_CONTEXT_BYTES;
}

function isFact(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

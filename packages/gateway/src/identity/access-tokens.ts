// Access tokens: JWTs (RFC 7519) that say who may open sessions and sockets, and through which connector.
// Source: messaging spec, section 1.2.
import { SignJWT, errors, jwtVerify } from 'jose';
import type { Clock, NewId } from '../kit/index.ts';
import type { Connector } from './connector.ts';
import type { Connectors } from './connectors.ts';
import { ISSUER, MAX_TOKEN_LENGTH, SIGNING_ALGORITHM, firstKey, keyNamed, signingKeys } from './signing-keys.ts';
import type { SigningKey } from './signing-keys.ts';

/** Verified tokens that are remembered, for a socket follows its session at once; the oldest are verified again. */
const MAX_REMEMBERED = 1_000;

/** What an access token says. */
export interface AccessGrant {
  /** The user: random, new with every token. Sessions belong to it. */
  subject: string;
  connectorId: string;
}

/** Issues and verifies access tokens. */
export class AccessTokens {
  readonly #keys: readonly SigningKey[];
  readonly #ttlSeconds: number;
  readonly #connectors: Pick<Connectors, 'byId'>;
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #verified = new Map<string, AccessGrant & { expiresMs: number }>();

  /** `secrets`: the first signs, all verify; at least one. `ttlSeconds`: SDKs misbehave with 300 or less. */
  constructor(parts: {
    secrets: readonly string[];
    ttlSeconds: number;
    connectors: Pick<Connectors, 'byId'>;
    clock: Clock;
    newId: NewId;
  }) {
    this.#keys = signingKeys(parts.secrets);
    this.#ttlSeconds = parts.ttlSeconds;
    this.#connectors = parts.connectors;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
  }

  /** A token for a new user of the connector. */
  async issue(connector: Pick<Connector, 'id'>): Promise<{ accessToken: string; expiresIn: number }> {
    const key = firstKey(this.#keys);
    const issuedSeconds = Math.floor(this.#clock.nowMs() / 1000);
    const accessToken = await new SignJWT({ cid: connector.id })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'JWT', kid: key.kid })
      .setIssuer(ISSUER)
      .setSubject(this.#newId())
      .setJti(this.#newId())
      .setIssuedAt(issuedSeconds)
      .setExpirationTime(issuedSeconds + this.#ttlSeconds)
      .sign(key.key);
    return { accessToken, expiresIn: this.#ttlSeconds };
  }

  /** What the token grants; undefined when it is malformed, expired, forged, or its connector is gone. */
  async verify(token: string): Promise<AccessGrant | undefined> {
    const grant = this.#remembered(token) ?? (await this.#check(token));
    if (!grant || !(await this.#connectors.byId(grant.connectorId))) return undefined;
    return { subject: grant.subject, connectorId: grant.connectorId };
  }

  #remembered(token: string): AccessGrant | undefined {
    const grant = this.#verified.get(token);
    if (!grant || grant.expiresMs > this.#clock.nowMs()) return grant;
    this.#verified.delete(token);
    return undefined;
  }

  async #check(token: string): Promise<AccessGrant | undefined> {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(kid, this.#keys), {
        algorithms: [SIGNING_ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ['sub', 'cid', 'iat', 'exp', 'jti'],
        currentDate: new Date(this.#clock.nowMs()),
      });
      const { sub: subject, cid: connectorId, exp } = payload;
      if (typeof subject !== 'string' || typeof connectorId !== 'string' || exp === undefined) return undefined;
      this.#remember(token, { subject, connectorId, expiresMs: exp * 1000 });
      return { subject, connectorId };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  #remember(token: string, grant: AccessGrant & { expiresMs: number }): void {
    this.#verified.set(token, grant);
    const [oldest] = this.#verified.keys();
    if (this.#verified.size > MAX_REMEMBERED && oldest !== undefined) this.#verified.delete(oldest);
  }
}

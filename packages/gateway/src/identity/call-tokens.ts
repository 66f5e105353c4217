// Tokens that may make calls: web-calling tokens, connector tokens, and signed ones (JWT, RFC 7519) that an operator
// makes for a while. Source: voice spec, section 3.
import type { JWTPayload } from 'jose';
import { SignJWT, errors, jwtVerify } from 'jose';
import type { Clock } from '../kit/index.ts';
import type { Connector } from './connector.ts';
import { hashToken } from './connector.ts';
import type { Connectors } from './connectors.ts';
import { ISSUER, MAX_TOKEN_LENGTH, SIGNING_ALGORITHM, firstKey, keyNamed, signingKeys } from './signing-keys.ts';
import type { SigningKey } from './signing-keys.ts';

/** What tells these from access tokens, which have another type and no audience. */
const TYPE = 'call+jwt';
const AUDIENCE = 'parley-calls';

/** Which kind of token it was; the operator's are called by where the protocol has them from. */
export type CallTokenKind = 'web-calling' | 'connector' | 'console';

/** What a token is good for. */
export interface CallToken {
  connector: Connector;
  kind: CallTokenKind;
  /** Calls go to this variant of the agent. */
  variantId?: string | undefined;
  /** Calls go to this build of the agent, by its name in the configuration. */
  build?: string | undefined;
  /** Whether it may use the mode `echo` where others may not. */
  mayEcho: boolean;
}

/** Makes and verifies them. */
export class CallTokens {
  readonly #keys: readonly SigningKey[];
  readonly #connectors: Pick<Connectors, 'byId' | 'byCallToken'>;
  readonly #clock: Clock;

  /** `secrets`: the first signs, all verify. */
  constructor(parts: {
    secrets: readonly string[];
    connectors: Pick<Connectors, 'byId' | 'byCallToken'>;
    clock: Clock;
  }) {
    this.#keys = signingKeys(parts.secrets);
    this.#connectors = parts.connectors;
    this.#clock = parts.clock;
  }

  /** A signed token for calls through the connector. It dies with the connector, or when that changes its project. */
  async mint(
    connector: Pick<Connector, 'id' | 'account' | 'project'>,
    allowed: { ttlSeconds: number; variantId?: string | undefined; build?: string | undefined; mayEcho?: boolean },
  ): Promise<string> {
    const key = firstKey(this.#keys);
    const issuedSeconds = Math.floor(this.#clock.nowMs() / 1000);
    const { variantId: variant, build, mayEcho: echo = false } = allowed;
    const { id: cid, account, project } = connector;
    return new SignJWT({ cid, account, project, variant, build, echo })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TYPE, kid: key.kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedSeconds)
      .setExpirationTime(issuedSeconds + allowed.ttlSeconds)
      .sign(key.key);
  }

  /** What the token is good for; undefined when it is unknown, expired, forged, or its connector is gone. */
  async verify(token: string): Promise<CallToken | undefined> {
    const connector = await this.#connectors.byCallToken(token);
    if (!connector) return this.#signed(token);
    const isForCallsOnly = connector.webrtcTokens.includes(hashToken(token));
    return { connector, kind: isForCallsOnly ? 'web-calling' : 'connector', mayEcho: false };
  }

  async #signed(token: string): Promise<CallToken | undefined> {
    const claims = await this.#claims(token);
    const connector = typeof claims?.['cid'] === 'string' ? await this.#connectors.byId(claims['cid']) : undefined;
    if (!claims || !connector) return undefined;
    const { account, project, variant, build, echo } = claims;
    if (account !== connector.account || project !== connector.project) return undefined;
    return {
      connector,
      kind: 'console',
      mayEcho: echo === true,
      ...(typeof variant === 'string' && { variantId: variant }),
      ...(typeof build === 'string' && { build }),
    };
  }

  async #claims(token: string): Promise<JWTPayload | undefined> {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(kid, this.#keys), {
        algorithms: [SIGNING_ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['iat', 'exp'],
        currentDate: new Date(this.#clock.nowMs()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

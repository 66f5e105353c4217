// Tokens that may make calls: web-calling tokens, connector tokens, and signed ones (JWT, RFC 7519) that are made for a
// while, for an operator or for a person at the desk. Source: voice spec, section 3.
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
export type CallTokenKind = 'web-calling' | 'connector' | 'console' | 'desk';

/** A person at the desk and the conversation whose call they may take. */
export interface DeskCall {
  sessionId: string;
  personId: string;
}

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
  /** Of the kind `desk`: what it is good for, and it is good for nothing else. */
  desk?: DeskCall | undefined;
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
    const { ttlSeconds, variantId: variant, build, mayEcho: echo = false } = allowed;
    return this.#sign(connector, { ttlSeconds, claims: { variant, build, echo } });
  }

  /** A signed token with which one person at the desk takes the call of one conversation, which is the connector's. */
  async mintForDesk(
    connector: Pick<Connector, 'id' | 'account' | 'project'>,
    { sessionId: session, personId: person, ttlSeconds }: DeskCall & { ttlSeconds: number },
  ): Promise<string> {
    return this.#sign(connector, { ttlSeconds, claims: { desk: { session, person } } });
  }

  async #sign(
    { id: cid, account, project }: Pick<Connector, 'id' | 'account' | 'project'>,
    { ttlSeconds, claims }: { ttlSeconds: number; claims: JWTPayload },
  ): Promise<string> {
    const key = firstKey(this.#keys);
    const issuedSeconds = Math.floor(this.#clock.nowMs() / 1000);
    return new SignJWT({ cid, account, project, ...claims })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TYPE, kid: key.kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedSeconds)
      .setExpirationTime(issuedSeconds + ttlSeconds)
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
    const { account, project, variant, build, echo, desk } = claims;
    if (account !== connector.account || project !== connector.project) return undefined;
    if (desk !== undefined) return deskToken(connector, desk);
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

function deskToken(connector: Connector, claim: unknown): CallToken | undefined {
  const { session: sessionId, person: personId } = (claim ?? {}) as Record<string, unknown>;
  if (typeof sessionId !== 'string' || typeof personId !== 'string') return undefined;
  return { connector, kind: 'desk', mayEcho: false, desk: { sessionId, personId } };
}

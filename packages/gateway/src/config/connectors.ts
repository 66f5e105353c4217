// `connectors`: what lets a site or an app talk to an agent. Their tokens leave this room as hashes only.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { id, text, token, whole } from './value-schemas.ts';

/** Has the shape of identity's `Connector`. Tokens and keys are SHA-256 in hex. */
export interface ConnectorConfig {
  id: string;
  tokens: string[];
  webrtcTokens: string[];
  apiKeys: string[];
  account: string;
  project: string;
  hosts: { kind: 'domain' | 'app'; value: string }[];
  checkOrigin: boolean;
  /** Key of `agents`. */
  agent: string;
  maxConcurrentCalls: number;
  /** Keys for verified context; none turns the feature off. */
  contextKeys: { kid: string; secret: string }[];
}

const domain = z
  .string()
  .regex(/^[^\s,]+$/, 'must be a domain such as example.com')
  .transform((value) => ({ kind: 'domain' as const, value }));

const app = z.strictObject({ app: text }).transform(({ app: value }) => ({ kind: 'app' as const, value }));

const host = z.union([domain, app], 'must be a domain such as example.com, or { app: com.example.app }');

const contextKeys = z
  .array(z.strictObject({ kid: text, secret: text }))
  .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, 'must not have a kid twice');

export const connectorSchema: z.ZodType<ConnectorConfig> = z
  .strictObject({
    id,
    token: token.optional(),
    tokenSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
      .toLowerCase()
      .optional(),
    webrtcToken: token.optional(),
    apiKeys: z.array(text).default([]),
    account: text.default('default'),
    project: text.default('default'),
    hosts: z.array(host).default([]),
    checkOrigin: z.boolean().default(false),
    agent: text,
    maxConcurrentCalls: whole(0).default(100),
    contextKeys: contextKeys.default([]),
  })
  .refine((connector) => (connector.token === undefined) !== (connector.tokenSha256 === undefined), {
    error: 'must have a token or a tokenSha256, and not both',
  })
  .transform(({ token: ownToken, tokenSha256, webrtcToken, apiKeys, ...rest }) => ({
    ...rest,
    tokens: [tokenSha256 ?? sha256(ownToken ?? '')],
    webrtcTokens: webrtcToken === undefined ? [] : [sha256(webrtcToken)],
    apiKeys: apiKeys.map(sha256),
  }));

/** `desk`: who may sign in to the live-agent desk. */
export interface DeskConfig {
  /** Sign-in tokens, SHA-256 in hex. */
  tokens: string[];
}

export const deskSchema: z.ZodType<DeskConfig> = z
  .strictObject({ tokens: z.array(token).default([]) })
  .transform(({ tokens }) => ({ tokens: tokens.map(sha256) }));

/** In hex. */
export function sha256(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

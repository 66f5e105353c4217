// Bodies of the REST endpoints that clients call before they open a socket, and of those operators ask.
import { z } from 'zod';
import { jsonBody } from './json-body.ts';

/** The body of an access-token request: any JSON object. */
export const accessTokenRequestSchema = z.object({});
export type AccessTokenRequest = z.output<typeof accessTokenRequestSchema>;
export const { decode: decodeAccessTokenRequest, encode: encodeAccessTokenRequest } =
  jsonBody(accessTokenRequestSchema);

/** A fresh access token. `expiresIn` is in seconds; clients refresh early when less than 300 are left. */
export const accessTokenAnswerSchema = z.object({
  accessToken: z.string().min(1).describe('A signed JWT with an `exp` claim.'),
  expiresIn: z.int().positive().describe('Seconds until the token expires.'),
  tokenType: z.literal('Bearer'),
});
export type AccessTokenAnswer = z.output<typeof accessTokenAnswerSchema>;
export const { decode: decodeAccessTokenAnswer, encode: encodeAccessTokenAnswer } = jsonBody(accessTokenAnswerSchema);

const platforms = ['web', 'ios', 'android', 'ios-web', 'android-web', 'custom'] as const;
const deviceTypes = ['mobile', 'tablet', 'desktop'] as const;

export type Platform = (typeof platforms)[number];
export type DeviceType = (typeof deviceTypes)[number];

/** What a client says of itself when it asks for a session. */
export const sessionRequestSchema = z.object({
  streamingEnabled: z.boolean().default(false).describe('Whether the agent answers in chunks.'),
  platform: z
    .enum(platforms)
    .or(z.string().transform((): Platform => 'custom'))
    .default('web')
    .describe('Where the client runs; `web` when absent. Any other value counts as `custom`.'),
  deviceType: z
    .enum(deviceTypes)
    .or(z.string().transform((): null => null))
    .default(null)
    .describe('The kind of device. Any other value counts as none.'),
});
export type SessionRequest = z.output<typeof sessionRequestSchema>;
export const { decode: decodeSessionRequest, encode: encodeSessionRequest } = jsonBody(sessionRequestSchema);

/** The session that was created. */
export const sessionAnswerSchema = z.object({ sessionId: z.string().min(1) });
export type SessionAnswer = z.output<typeof sessionAnswerSchema>;
export const { decode: decodeSessionAnswer, encode: encodeSessionAnswer } = jsonBody(sessionAnswerSchema);

/** Facts about the user for one session, vouched for by the integrator's backend. Answered without a body. */
export const contextSubmissionSchema = z.object({
  token: z.string().min(1).describe('A JWT signed with HS256, as the backend made it.'),
});
export type ContextSubmission = z.output<typeof contextSubmissionSchema>;
export const { decode: decodeContextSubmission, encode: encodeContextSubmission } = jsonBody(contextSubmissionSchema);

/** How the process is: it serves, with so many calls in progress. Spelled like this on the wire too. */
export const healthSchema = z.object({ status: z.literal('healthy'), activeSessions: z.int().nonnegative() });
export type Health = z.output<typeof healthSchema>;

/** Whether the process takes new work: status 200 when ready, else 503. */
export const readinessSchema = z.object({ status: z.enum(['ready', 'starting', 'draining']) });
export type Readiness = z.output<typeof readinessSchema>;

export function encodeHealth(health: Health): string {
  return JSON.stringify(health);
}

export function encodeReadiness(readiness: Readiness): string {
  return JSON.stringify(readiness);
}

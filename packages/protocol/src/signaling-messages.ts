// The messages of voice signaling, as they stand on the wire: its members are spelled alike inside and outside.
// Source: voice spec, sections 1.2 to 1.8.
import { z } from 'zod';
import { callModeNames } from './signaling-modes.ts';
import type { CallModeName } from './signaling-modes.ts';

const sdp = z.string().min(1).describe('A session description (RFC 8866), lines ended by CRLF.');
const newSessionId = z.string().nullish().describe('Empty, null or absent: a new call.');
const sessionId = z.string().describe('The call, as the answer named it. It is all that later messages need.');
const modeNames = Object.keys(callModeNames) as [CallModeName, ...CallModeName[]];

/** A pinned build of the agent; both versions are needed. */
export const agentVersionOverrideSchema = z.object({
  artifactVersion: z.string().min(1),
  lambdaDeploymentVersion: z.string().min(1),
});
export type AgentVersionOverride = z.output<typeof agentVersionOverrideSchema>;

/** What is in an offer for WebRTC. */
export const offerDataSchema = z.object({ type: z.literal('offer'), sdp });
export type OfferData = z.output<typeof offerDataSchema>;

/** Longest `callSid`, in UTF-16 code units. */
export const MAX_CALL_SID_LENGTH = 128;

/** An offer as a client writes it. Servers read it in two steps: see `OfferEnvelope`. */
export const offerSchema = z
  .object({
    type: z.literal('offer'),
    sessionId: newSessionId,
    authToken: z.string().min(1).describe('A web-calling token, a connector token or a call token.'),
    mode: z.enum(modeNames).nullish().describe('How the call is answered; `end-to-end` when absent.'),
    callSid: z
      .string()
      .max(MAX_CALL_SID_LENGTH)
      .nullish()
      .describe("The client's name for the call, by which messaging finds it. Case matters."),
    caller: z.string().nullish().describe('Who calls, as free text.'),
    callee: z.string().nullish().describe('Who is called, as free text.'),
    accountId: z.string().nullish().describe("Must agree with the token's account."),
    projectId: z.string().nullish().describe("Must agree with the token's project."),
    variantId: z.string().nullish().describe('A variant of the agent.'),
    agentVersionOverride: agentVersionOverrideSchema.nullish().describe('A pinned build of the agent.'),
    data: offerDataSchema,
  })
  .describe('Begins a call; with the `sessionId` of a call, renegotiates it.');
export type OfferMessage = z.input<typeof offerSchema>;

/** A candidate (RFC 8839) as clients send it; what they say of its m-line is kept only if it makes sense. */
export const inboundCandidateSchema = z.object({
  candidate: z
    .string()
    .min(1)
    .transform((line) => line.replace(/^a=/, '')),
  sdpMid: z.string().nullish().catch(undefined),
  sdpMLineIndex: z.int().nonnegative().nullish().catch(undefined),
});

/** A candidate, and where it belongs if that was said. */
export interface IceCandidate {
  /** Without `a=`. Whether it is one at all is for ICE to find out. */
  candidate: string;
  sdpMid: string | undefined;
  sdpMLineIndex: number | undefined;
}

/** A candidate of the client. */
export const clientCandidateSchema = z
  .object({
    type: z.literal('ice-candidate'),
    sessionId: z.string().nullish().describe('Empty, null or absent: the call of the offer on this socket.'),
    data: z
      .object({ ...inboundCandidateSchema.shape, candidate: z.string().nullish() })
      .nullish()
      .describe('An empty or absent candidate says that there are no more.'),
  })
  .describe('A way to reach the client. One that is of no use is never an error.');

/** Ends the call, whoever sends it. */
export const clientCloseSchema = z
  .object({ type: z.literal('close'), sessionId: z.string().nullish() })
  .describe('The caller hangs up. Never answered; for a call that is over or unknown it does nothing.');

/** Asks for a pong. */
export const pingSchema = z
  .object({ type: z.literal('ping'), sessionId: z.string().nullish() })
  .describe('Asks for a pong.');

/** The answer to an offer. */
export const answerSchema = z
  .object({
    type: z.literal('answer'),
    sessionId,
    data: z.object({ type: z.literal('answer'), sdp }),
  })
  .describe('The answer to an offer: one for each, before any candidate.');

/** A candidate of the server. All its members are there: a browser throws, or Android drops it, when one is not. */
export const serverCandidateSchema = z
  .object({
    type: z.literal('ice-candidate'),
    sessionId,
    data: z.object({
      candidate: z.string().regex(/^candidate:/),
      sdpMid: z.string(),
      sdpMLineIndex: z.int().nonnegative(),
    }),
  })
  .describe('A way to reach the server.');

/** What went wrong. Terminal for the call. */
export const errorSchema = z
  .object({
    type: z.literal('error'),
    sessionId: z.string().describe('The call; else what the client sent; else empty.'),
    data: z.object({ code: z.string(), message: z.string() }),
  })
  .describe('The call failed, or a message was refused. Clients hang up on it.');

/** The agent hung up. */
export const serverCloseSchema = z
  .object({
    type: z.literal('close'),
    sessionId,
    data: z.object({ reason: z.string().optional() }).optional(),
  })
  .describe('The agent hung up. Closing the socket alone would not tell.');

/** The answer to a ping. */
export const pongSchema = z
  .object({ type: z.literal('pong'), sessionId: z.string().describe("The ping's, or empty.") })
  .describe('The answer to a ping.');

/** Every message of a server. */
export const serverSignalSchema = z.discriminatedUnion('type', [
  answerSchema,
  serverCandidateSchema,
  errorSchema,
  serverCloseSchema,
  pongSchema,
]);
export type ServerSignal = z.output<typeof serverSignalSchema>;

/** Every message that clients write. A `pong` of theirs is taken, too, and ignored. */
export type ClientMessage =
  | OfferMessage
  | z.input<typeof clientCandidateSchema>
  | z.input<typeof clientCloseSchema>
  | z.input<typeof pingSchema>;

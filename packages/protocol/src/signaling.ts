// The frames of voice signaling: JSON objects in text frames. Whatever comes in, reading answers with a value.
import { asJsonObject, parseJsonObject } from './json-object.ts';
import type { JsonObject } from './json-object.ts';
import { signalErrors } from './signaling-errors.ts';
import type { SignalError } from './signaling-errors.ts';
import {
  agentVersionOverrideSchema,
  inboundCandidateSchema,
  offerDataSchema,
  serverSignalSchema,
} from './signaling-messages.ts';
import type {
  AgentVersionOverride,
  ClientMessage,
  IceCandidate,
  OfferData,
  ServerSignal,
} from './signaling-messages.ts';

/** A larger frame closes its socket with 1009. */
export const MAX_SIGNAL_BYTES = 256 * 1024;

/**
 * An offer before anything in it is checked, for who sends it is checked first (voice spec, section 1.9). Members that
 * are null are undefined. Read on with `readMode`, {@link readVersionOverride} and {@link readOfferData}.
 */
export interface OfferEnvelope {
  type: 'offer';
  sessionId: unknown;
  authToken: unknown;
  mode: unknown;
  callSid: unknown;
  caller: unknown;
  callee: unknown;
  accountId: unknown;
  projectId: unknown;
  variantId: unknown;
  agentVersionOverride: unknown;
  data: unknown;
}

/** What a client sent. A `sessionId` that is absent or no text is empty. */
export type ClientSignal =
  | OfferEnvelope
  /** Without data: there are no more candidates, or this one can't be read. Either way there is nothing to add. */
  | { type: 'ice-candidate'; sessionId: string; data: IceCandidate | undefined }
  | { type: 'close' | 'ping' | 'pong'; sessionId: string };

/** Why a frame was refused, and the `sessionId` to answer with. */
export interface SignalRefusal {
  refused: SignalError;
  sessionId: string;
}

/** Reads what a client sent, or says why it was refused. Never throws. */
export function decodeSignal(text: string): ClientSignal | SignalRefusal {
  const frame = parseJsonObject(text) ?? {};
  const sessionId = typeof frame['sessionId'] === 'string' ? frame['sessionId'] : '';
  const type = frame['type'];
  switch (type) {
    case 'offer':
      return offerEnvelope(frame);
    case 'ice-candidate':
      return { type, sessionId, data: readCandidate(frame['data']) };
    case 'close':
    case 'ping':
    case 'pong':
      return { type, sessionId };
    default:
      return { refused: signalErrors.malformed, sessionId };
  }
}

/** Reads the `data` of an offer; undefined when it is none. Whether its SDP is one is not looked at. */
export function readOfferData(data: unknown): OfferData | undefined {
  return offerDataSchema.safeParse(data).data;
}

/** Reads the `agentVersionOverride` of an offer; undefined when it isn't complete. */
export function readVersionOverride(value: unknown): AgentVersionOverride | undefined {
  return agentVersionOverrideSchema.safeParse(value).data;
}

/** Writes a message, whoever sends it. */
export function encodeSignal(signal: ServerSignal | ClientMessage): string {
  return JSON.stringify(signal);
}

/** Reads what a server sent; undefined when this version doesn't know it. Never throws. */
export function decodeServerSignal(text: string): ServerSignal | undefined {
  return serverSignalSchema.safeParse(parseJsonObject(text)).data;
}

function offerEnvelope(frame: JsonObject): OfferEnvelope {
  return {
    type: 'offer',
    sessionId: frame['sessionId'] ?? undefined,
    authToken: frame['authToken'] ?? undefined,
    mode: frame['mode'] ?? undefined,
    callSid: frame['callSid'] ?? undefined,
    caller: frame['caller'] ?? undefined,
    callee: frame['callee'] ?? undefined,
    accountId: frame['accountId'] ?? undefined,
    projectId: frame['projectId'] ?? undefined,
    variantId: frame['variantId'] ?? undefined,
    agentVersionOverride: frame['agentVersionOverride'] ?? undefined,
    data: frame['data'] ?? undefined,
  };
}

function readCandidate(data: unknown): IceCandidate | undefined {
  const { data: read } = inboundCandidateSchema.safeParse(asJsonObject(data));
  if (!read) return undefined;
  return {
    candidate: read.candidate,
    sdpMid: read.sdpMid ?? undefined,
    sdpMLineIndex: read.sdpMLineIndex ?? undefined,
  };
}

// What is kept of calls, beside the transcripts in their sessions.
import type { CallMode, CallModeName } from '@parley/protocol';
import type { DialogueMeasure } from '../dialogue.ts';
import type { CallGrant } from './call-access.ts';

/** Why a call ended. Exactly one per call (voice spec, section 11.6). */
export type CallOutcome =
  | 'user_close'
  | 'agent_hangup'
  | 'handoff'
  | 'silence'
  | 'max_duration'
  | 'caller_lost'
  | 'setup_timeout'
  | 'media_failure'
  | 'agent_failure'
  | 'admin'
  | 'shutdown';

/** The record of one call. It names no secret: `callId` isn't the `sessionId` of signaling. */
export interface CallRecord {
  callId: string;
  /** The client's name for the call. */
  callSid: string | null;
  /** The messaging session with the transcript; null for an echo call. */
  sessionId: string | null;
  connectorId: string;
  account: string;
  project: string;
  agentId: string;
  variantId: string | null;
  build: string | null;
  /** The mode by the client's name for it; null when it named none. */
  requestedMode: CallModeName | null;
  /** `desk`: a person's own leg. */
  mode: CallMode | 'desk';
  tokenKind: CallGrant['kind'];
  userAgent: string | null;
  startedMs: number;
  connectedMs: number | null;
  /** Null while the call goes on. */
  endedMs: number | null;
  outcome: CallOutcome | null;
  /** People of the desk who talked with the caller; null: nobody did. */
  human: HumanStretch | null;
  figures: CallFigures;
}

/** How people of the desk took part in a call. */
export interface HumanStretch {
  /** In the order in which they came. */
  personIds: string[];
  /** All their time on the line, ms; the caller may have been on hold. */
  onLineMs: number;
}

/** What was measured of a call. Times in ms; null when it didn't come to that. */
export interface CallFigures {
  offerToAnswerMs: number | null;
  answerToConnectedMs: number | null;
  connectedToFirstAudioMs: number | null;
  /** Kinds of the candidates in use, ours and the caller's, as `host/relay udp`. */
  path: string | null;
  signalingDrops: number;
  signalingReattaches: number;
  interruptions: number;
  /** How its turns went; records of earlier versions have none. */
  turns?: TurnPartFigures[];
  up: StreamFigures | null;
  down: StreamFigures | null;
}

/** One part of the turns of a call, such as the agent's silence after an interruption. Times in ms. */
export interface TurnPartFigures {
  part: DialogueMeasure;
  count: number;
  medianMs: number;
  longestMs: number;
}

/** One direction of the audio. `up`: what we received; `down`: what the caller says he received. */
export interface StreamFigures {
  packets: number;
  lost: number;
  jitterMs: number;
  rttMs: number | null;
  /** What couldn't be repaired; our side only. */
  concealedMs: number | null;
  /** Mean opinion score, 1 to 4.5, estimated. */
  mos: number | null;
}

/** Keeps records. Failing is logged, never thrown: a call doesn't depend on its record. */
export interface CallRecords {
  /** Writes or replaces the record. */
  saveCall(record: CallRecord): void;
  /** Ends the records of calls that a process took along when it crashed. Before the first call of this one. */
  endLostCalls(nowMs: number): void;
}

/** Reads records from outside the server. */
export interface CallArchive {
  /** The newest first. */
  listCalls(query: { project?: string | undefined; sinceMs?: number | undefined; limit: number }): CallRecord[];
  /** By `callId` or `callSid`; undefined when there is none. */
  showCall(id: string): CallRecord | undefined;
}

// One end of an audio path to the gateway, as a call needs it.
import type { IceServer } from '@parley/protocol';
import type { MediaState } from '../call.machine.ts';
import type { PathCounts } from '../quality.ts';

/** A candidate as signaling carries it. */
export interface Candidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
}

/** What a peer tells its owner. */
export interface PeerEvents {
  /** A way to reach this end was found. */
  candidate(candidate: Candidate): void;
  media(is: MediaState): void;
  /** What the agent says. */
  remote(stream: MediaStream): void;
}

/** An audio path being made, or made. After `close` nothing of it is heard any more. */
export interface Peer {
  /** An offer's SDP, with new ICE credentials for a restart. Rejects once the peer is closed. */
  offer(options: { iceRestart: boolean }): Promise<string>;
  /** Takes the answer to the last offer. Rejects when it is none. */
  accept(answerSdp: string): Promise<void>;
  /** Adds a way to reach the gateway; one that is of no use is left out. */
  addCandidate(candidate: Candidate): void;
  /** Speaks through another microphone from now on. */
  speakThrough(microphone: MediaStream): void;
  /** Sends touch-tones, each of `0`-`9`, `*`, `#`, after those still being sent. False when it can't. */
  press(tones: string): boolean;
  /** What was counted since the path was made. */
  counts(): Promise<PathCounts>;
  close(): void;
}

/** Opens a peer that sends a microphone's stream. Throws when an ICE server can't be understood. */
export type OpenPeer = (iceServers: readonly IceServer[], microphone: MediaStream, events: PeerEvents) => Peer;

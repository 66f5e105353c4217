// The audio of one call, whatever becomes of it: looped back, or heard and spoken by an agent.
import type { Mouth } from '../dialogue.ts';
import type { OfferedAudio } from '../negotiation/offered-media.ts';
import type { StreamFigures } from '../ports/call-records.ts';

/** Packets in, packets out. */
export interface MediaPath {
  /** An RTP or RTCP packet of the caller. Garbage is ignored. */
  take(packet: Uint8Array): void;
  /** The caller negotiated other payload types. */
  renegotiated(audio: OfferedAudio): void;
  /** The connection is up: audio may flow. */
  start(): void;
  /** Nobody hears us at the moment: what is to be said waits. */
  pause(): void;
  resume(): void;
  figures(): { up: StreamFigures | null; down: StreamFigures | null };
  close(): void;
}

/** The path to an agent. */
export interface AgentMediaPath extends MediaPath {
  readonly mouth: Mouth;
}

/** What a path to an agent tells of. */
export interface AgentMediaEvents {
  /** 20 ms of the caller; null when nothing came. */
  frame: (frame: Int16Array | null) => void;
  digit: (digit: string) => void;
  segmentStarted: (segmentId: string) => void;
  segmentEnded: (segmentId: string) => void;
  /** The path crashed, and is silent from now on. */
  broke: (error: unknown) => void;
}

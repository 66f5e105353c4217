// What stands between the audio of a call and its session: the modes (traditional, end-to-end) are dialogues.
import type { ReplyNews, SessionHandle } from '../messaging/index.ts';

/** The mode's half of a call. No method throws; what goes wrong is told through {@link DialogueHost.failed}. */
export interface Dialogue {
  /** Sampling rate it hears at. */
  readonly rate: 16_000 | 24_000;
  /** The media path is up: the caller can be greeted. */
  start(): void;
  /** 20 ms of the caller, mono at `rate`; null when nothing came. Called 50 times a second. */
  hear(frame: Int16Array | null): void;
  /** The caller pressed a key: one of `0`–`9`, `*`, `#`, `A`–`D`. */
  press(digit: string): void;
  /** The session's journal grew, or the call moved to another session. */
  sessionChanged(): void;
  /** A reply for this call makes progress (traditional mode only). */
  replyRelayed(news: ReplyNews): void;
  /** A segment of audio ended: its last frame was played, or it was flushed. */
  segmentEnded(segmentId: string): void;
  /** A segment's first frame is on its way to the caller. */
  segmentStarted(segmentId: string): void;
  /**
   * Says this to the caller in these very words, after what is being said (an announcement, a goodbye); journaled like
   * all speech. Resolves when it was heard, cut off, or couldn't be said.
   */
  announce(text: string, options: { interruptible: boolean }): Promise<void>;
  /** The media path is interrupted: nothing is heard, timers of silence rest. */
  suspend(): void;
  resume(): void;
  /** Lets go of everything, at once. */
  close(): void;
}

/** What a dialogue may do, and look at. */
export interface DialogueHost {
  readonly callId: string;
  /** The session of the call. Another one after a move. */
  readonly session: SessionHandle;
  readonly mouth: Mouth;
  /** What the caller is told in place of waiting in the queue they were handed to; null: they wait. */
  insteadOfWaiting(): string | null;
  /** The agent has ended the conversation: hang up once everything was heard. */
  hangUp(outcome: 'agent_hangup' | 'silence' | 'handoff'): void;
  /** The dialogue can't go on. Before the agent's first audio the call is refused, later it ends with an apology. */
  failed(error: Error): void;
  /** A moment of a turn, for metrics. `valueMs` is the moment's own measure. */
  measured(what: DialogueMeasure, valueMs: number): void;
}

export type DialogueMeasure =
  /** From the last speech to the decision that the caller has finished. */
  | 'endpointing'
  /** From that decision to the recognised text. */
  | 'transcript'
  /** From the recognised text to the agent's first word. */
  | 'first-token'
  /** From the end of the caller's speech to the agent's first audio. */
  | 'first-audio'
  /** From the first speech of the caller to the silence of the agent. */
  | 'barge-in';

/** Where a dialogue speaks: segments of audio, played in their order. */
export interface Mouth {
  /** Appends mono PCM at 24 kHz to a segment; the first call makes the segment, after those there are. */
  write(segmentId: string, pcm: Int16Array): void;
  /** No more audio comes for the segment. */
  finish(segmentId: string): void;
  /** Silence now: drops everything that wasn't sent yet. Segments end with what was played. */
  flush(): void;
  /** How much of a segment was handed to the network, ms. */
  playedMs(segmentId: string): number;
  /** How long until the caller has heard what was handed over: half the round trip and his jitter buffer, ms. */
  readonly lagMs: number;
  /** Something is queued or being played. */
  readonly isSpeaking: boolean;
}

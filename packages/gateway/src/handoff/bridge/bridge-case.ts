// A hand-off that another desk has, as long as it is open and its session in memory.
import type { LiveAgent, TypingState } from '@parley/protocol';
import type { Timer } from '../../kit/index.ts';
import type { QueueStatusTeller } from '../desk/queue-status-teller.ts';
import type { BridgeCaseRecord } from '../ports/bridge-store.ts';
import type { HandoffCase } from '../ports/handoff-desk.ts';
import type { Queue } from '../queues.ts';

/** An open case. */
export interface BridgeCase {
  /** Until the case has begun, that of a new one; a former process may have left another. */
  record: BridgeCaseRecord;
  handoff: HandoffCase;
  queue: Queue;
  /** Who joined last; null: nobody yet. */
  human: LiveAgent | null;
  /** What the outbox has of the case: its last delivery, and up to which sequence of the session it was told. */
  told: { number: number; sequence: number };
  /** Additions to the outbox, one after the other. */
  adding: Promise<void>;
  /** What a former process left is known, and the desk is asked. */
  begun: boolean;
  /** The desk has the request, so that it knows the case. */
  reached: boolean;
  /** The desk doesn't take the case, and is told nothing more of it. */
  failed: boolean;
  /** Whether the user is there, and whether the desk believes it. */
  connected: boolean;
  visitorThere: boolean;
  /** Runs while the user is gone and the desk wasn't told yet. */
  leaving: Timer | null;
  status: QueueStatusTeller;
  /** Who types at the desk, by id; the timer stops it. */
  typing: Map<string, { agent: LiveAgent | undefined; timer: Timer }>;
  /** The user's typing that the desk was not told yet, and whether it is being told something. */
  userTyping: { next: TypingState | null; busy: boolean };
  /** Messages of humans that aren't durable yet, by id; called with whether they are now. */
  sending: Map<string, (isDurable: boolean) => void>;
}

/** Stops all that would happen later. */
export function dismiss(opened: BridgeCase): void {
  opened.leaving?.cancel();
  opened.status.cancel();
  for (const { timer } of opened.typing.values()) timer.cancel();
  for (const settle of opened.sending.values()) settle(false);
}

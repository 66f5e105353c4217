// Tells a desk that the user types: one request at a time, the latest state wins, and nobody asks what became of it.
import type { TypingState } from '@parley/protocol';
import type { Clock, Log, NewId, Timers } from '../../kit/index.ts';
import type { Destination } from '../deliveries/outbox.ts';
import type { BridgeStore } from '../ports/bridge-store.ts';
import type { BridgeCase } from './bridge-case.ts';

/** What is needed to tell it. */
export interface TypingParts {
  destination: Destination;
  cases: Pick<BridgeStore, 'remembered'>;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
}

/** Tells the desk, now or after what it is being told. */
export function tellTyping(opened: BridgeCase, state: TypingState, parts: TypingParts): void {
  opened.userTyping.next = state;
  if (!opened.userTyping.busy) void tellAll(opened, parts);
}

async function tellAll(opened: BridgeCase, parts: TypingParts): Promise<void> {
  const { userTyping, record } = opened;
  userTyping.busy = true;
  for (let state = userTyping.next; state !== null; state = userTyping.next) {
    userTyping.next = null;
    await tellOnce(record.id, state, parts).catch((error: unknown) => {
      parts.log.debug({ caseId: record.id, err: error }, 'A desk was not told that the user types');
    });
  }
  userTyping.busy = false;
}

async function tellOnce(caseId: string, state: TypingState, parts: TypingParts): Promise<void> {
  const { destination, cases, clock, timers, newId } = parts;
  const timeout = new AbortController();
  const timer = timers.after(destination.timeoutMs, () => timeout.abort());
  try {
    const typing = { type: 'user_typing', id: newId(), caseId, atMs: clock.nowMs(), state } as const;
    await destination.carrier.typing(typing, await cases.remembered(caseId), timeout.signal);
  } finally {
    timer.cancel();
  }
}

// The messages the user has written that the server has not acknowledged yet. Says what to send and when;
// holds no clock and no socket. A repeat is the identical frame, so the server takes it once.

/** One unacknowledged message. `sends` counts how often it went out on the present socket. */
export interface OutgoingMessage {
  /** Travels as `client_event_id` and comes back with the echo. */
  localId: string;
  text: string;
  writtenMs: number;
  state: 'waiting' | 'sending' | 'failed';
  sends: number;
  firstSentMs: number;
  /** Why it failed. */
  problem?: 'no-answer' | 'refused' | 'too-large' | 'conversation-over';
}

/** Unacknowledged messages, oldest first. */
export type Outbox = readonly OutgoingMessage[];

/** What to send now, what the outbox is then, and when to look again. */
export interface Delivery {
  outbox: Outbox;
  send: readonly OutgoingMessage[];
  lookAgainInMs?: number;
}

/** When a message goes out again and when it is given up, counted from its first sending (spec 10.1). */
const RESEND_AFTER_MS = [5_000, 10_000, 20_000];
const FAIL_AFTER_MS = 35_000;

/** Puts a message in; it goes out with the next {@link deliver}. */
export function write(outbox: Outbox, message: { localId: string; text: string; writtenMs: number }): Outbox {
  return [...outbox, { ...message, state: 'waiting', sends: 0, firstSentMs: 0 }];
}

/** What is due on an open socket. Without one nothing is sent and nothing fails: messages wait. */
export function deliver(outbox: Outbox, nowMs: number): Delivery {
  const send: OutgoingMessage[] = [];
  let nextMs = Infinity;
  const next = outbox.map((message) => {
    if (message.state === 'failed') return message;
    if (message.state === 'sending' && nowMs >= message.firstSentMs + FAIL_AFTER_MS) return fail(message, 'no-answer');
    const due = nowMs >= sendDueMs(message) ? sent(message, nowMs) : message;
    if (due !== message) send.push(due);
    nextMs = Math.min(nextMs, sendDueMs(due));
    return due;
  });
  return { outbox: next, send, ...(nextMs < Infinity && { lookAgainInMs: nextMs - nowMs }) };
}

/** The socket is gone: what was under way waits for the next one, and its clock starts anew there. */
export function disconnected(outbox: Outbox): Outbox {
  return outbox.map((message) => (message.state === 'sending' ? { ...message, state: 'waiting' } : message));
}

/** The server has it: the message leaves the outbox. */
export function acknowledged(outbox: Outbox, localId: string): Outbox {
  return outbox.some((message) => message.localId === localId)
    ? outbox.filter((message) => message.localId !== localId)
    : outbox;
}

/** The server won't take it, or it can't be sent at all. */
export function refused(outbox: Outbox, localId: string, problem: 'refused' | 'too-large'): Outbox {
  return outbox.map((message) => (message.localId === localId ? fail(message, problem) : message));
}

/** The conversation is over: nothing in here will arrive. */
export function abandoned(outbox: Outbox): Outbox {
  return outbox.map((message) => (message.state === 'failed' ? message : fail(message, 'conversation-over')));
}

/** The user tries a failed message again, under the same id: it may have arrived after all. */
export function retried(outbox: Outbox, localId: string): Outbox {
  return outbox.map((message) => {
    if (message.localId !== localId || message.state !== 'failed') return message;
    const { problem: _, ...rest } = message;
    return { ...rest, state: 'waiting' };
  });
}

function sendDueMs(message: OutgoingMessage): number {
  if (message.state === 'waiting') return -Infinity;
  return message.firstSentMs + (RESEND_AFTER_MS[message.sends - 1] ?? FAIL_AFTER_MS);
}

function sent(message: OutgoingMessage, nowMs: number): OutgoingMessage {
  return message.state === 'waiting'
    ? { ...message, state: 'sending', sends: 1, firstSentMs: nowMs }
    : { ...message, sends: message.sends + 1 };
}

function fail(message: OutgoingMessage, problem: NonNullable<OutgoingMessage['problem']>): OutgoingMessage {
  return { ...message, state: 'failed', problem };
}

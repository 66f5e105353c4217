// Ends sessions nobody is at any more, and lets go of those that rest. What it goes by is stored, so a
// restart neither loses an expiry nor does it twice.
import type { Clock, Log, Timers } from '../kit/index.ts';
import type { LiveSession } from './live-session.ts';
import type { SessionStore } from './ports/session-store.ts';
import type { MessagingSettings } from './settings.ts';

/** The longest pause between two rounds. */
const ROUND_MS = 5_000;
/** After a start, or a pause of the whole process, clients get this long to be heard of before they count as gone. */
const RETURN_MS = 60_000;
/** Sessions without connection or work stay in memory this long. */
const REST_MS = 60_000;
/** Sessions looked at per round; the rest waits for the next. */
const PER_ROUND = 500;
/** A session that can't be loaded is tried again after so long. */
const UNREADABLE_PAUSE_MS = 3_600_000;

/** The sessions that are watched. */
export interface WatchedSessions {
  readonly loaded: Iterable<LiveSession>;
  open(id: string): Promise<LiveSession | undefined>;
  unload(session: LiveSession): void;
}

/** Begins to watch; the returned function ends it. */
export function watchIdleness(
  sessions: WatchedSessions,
  parts: { store: SessionStore; clock: Clock; timers: Timers; log: Log; settings: MessagingSettings },
): () => void {
  const { store, clock, settings, log } = parts;
  const graceMs = Math.min(RETURN_MS, settings.idleTimeoutMs);
  const notedMs = new WeakMap<LiveSession, number>();
  const unreadableUntilMs = new Map<string, number>();
  let awakeSinceMs = clock.nowMs();
  let lookedMs = awakeSinceMs;
  let busy = false;
  /** Where the next round goes on, so that sessions which are due and stay (in calls, unreadable) keep none waiting. */
  let lookedUpTo: string | null = null;

  /**
   * Connected clients come back after a crash, so of them a rough note will do; noting every heartbeat would cost
   * more writes than all messages.
   */
  function isWorthNoting(session: LiveSession): boolean {
    const newsMs = session.activeMs - (notedMs.get(session) ?? session.info.createdMs);
    if (newsMs < (session.subscriberCount > 0 ? settings.idleTimeoutMs / 4 : 1)) return false;
    notedMs.set(session, session.activeMs);
    return true;
  }

  async function round(): Promise<void> {
    const nowMs = clock.nowMs();
    for (const session of sessions.loaded) {
      if (isWorthNoting(session)) store.note(session.info.id, { activeMs: session.activeMs });
      if (isResting(session, nowMs)) sessions.unload(session);
    }
    if (nowMs - awakeSinceMs < graceMs) return;
    const due = await store.due({
      activeBeforeMs: nowMs - settings.idleTimeoutMs,
      messageBeforeMs: nowMs - settings.abandonedAfterMs,
      unfinished: false,
      after: lookedUpTo,
      limit: PER_ROUND,
    });
    lookedUpTo = due.length < PER_ROUND ? null : (due.at(-1) ?? null);
    for (const id of due) {
      if (nowMs < (unreadableUntilMs.get(id) ?? 0)) continue;
      await expire(id).catch((error: unknown) => {
        unreadableUntilMs.set(id, nowMs + UNREADABLE_PAUSE_MS);
        log.error({ sessionId: id, err: error }, 'A session could not be loaded to expire');
      });
    }
  }

  async function expire(id: string): Promise<void> {
    const session = await sessions.open(id);
    if (session && isAbandoned(session, clock.nowMs(), settings)) session.execute({ type: 'expire' });
  }

  const timer = parts.timers.every(Math.min(ROUND_MS, settings.idleTimeoutMs / 4), () => {
    const nowMs = clock.nowMs();
    if (nowMs - lookedMs > graceMs) awakeSinceMs = nowMs;
    lookedMs = nowMs;
    if (busy) return;
    busy = true;
    round()
      .catch((error: unknown) => log.error({ err: error }, 'A round of the idle watch failed'))
      .finally(() => (busy = false));
  });
  return () => timer.cancel();
}

function isAbandoned(session: LiveSession, nowMs: number, settings: MessagingSettings): boolean {
  // A caller may say nothing for long, and SDKs send nothing on a linked session's socket: the call watches itself.
  if (session.state.call) return false;
  // Both clocks begin anew when it is over.
  const { wordMs, callEndedMs } = session.milestones;
  const silentMs = nowMs - Math.max(session.activeMs, callEndedMs);
  const wordlessMs = nowMs - Math.max(wordMs, callEndedMs);
  return silentMs >= settings.idleTimeoutMs || wordlessMs >= settings.abandonedAfterMs;
}

function isResting(session: LiveSession, nowMs: number): boolean {
  const { turn, floor, call } = session.state;
  const atWork =
    turn !== null || call !== null || floor.holder === 'queue' || floor.holder === 'human' || session.isSettling;
  const restedMs = nowMs - Math.max(session.activeMs, session.milestones.grewMs);
  return !atWork && session.subscriberCount === 0 && restedMs >= REST_MS;
}

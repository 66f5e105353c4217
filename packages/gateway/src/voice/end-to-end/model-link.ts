// Keeps a call connected with its model: opens the first session, replaces lost and expiring ones (voice spec 9.1).
import type { Clock, Log, Timer, Timers } from '../../kit/index.ts';
import type { ModelEvent, ModelItem, ModelSession, ModelSessionOptions, SpeechModel } from '../ports/speech-model.ts';
import { SpeechError } from '../ports/speech-to-text.ts';

/** A session that isn't ready by then is none. */
const openDeadlineMs = 10_000;
const maxAttempts = 3;
const retryAfterMs = 500;
/** Sessions are capped at 60 minutes. */
const renewAfterMs = 55 * 60_000;
const renewAgainAfterMs = 60_000;
/** More losses in such a time, and another session won't help. */
const maxLosses = 3;
const lossWindowMs = 60_000;
/** What the caller says while there is no session: 5 s of frames of 20 ms. */
const maxKeptFrames = 250;
const samplesPerMs = 24;

type SessionSettings = Omit<ModelSessionOptions, 'happened' | 'signal'>;

export interface ModelLinkParts {
  model: SpeechModel;
  clock: Clock;
  timers: Timers;
  log: Log;
  /** How a session is to be at this moment. */
  settings(): SessionSettings;
  /** The conversation so far, for a session that doesn't know it. */
  history(): ModelItem[];
  /** Something happened in the session in use. `lost` is told too; another session is opened by itself. */
  happened(event: ModelEvent): void;
  /** A session is in use now. */
  connected(session: ModelSession): void;
  /** There is no model to be had any more. */
  failed(error: SpeechError): void;
}

export interface ModelLink {
  /** The session in use; undefined while there is none. */
  readonly session: ModelSession | undefined;
  /** What was appended to the session in use, ms. */
  readonly appendedMs: number;
  /** What the caller said; kept for a while when there is no session. */
  append(pcm: Int16Array): void;
  /** The session in use is of no use any more. */
  giveUp(error: SpeechError): void;
  /** Nobody speaks: a good moment to go over to a fresh session, if one is ready. */
  pause(): void;
  close(): void;
}

interface Opened {
  session: ModelSession;
  settings: SessionSettings;
  use: Use;
}

/** What a session is to the call; only the current one is heard. */
interface Use {
  state: 'fresh' | 'current' | 'gone';
  /** Lost before it was of any use. */
  lost?: SpeechError;
}

/** Begins to open the first session at once. */
export function createModelLink(parts: ModelLinkParts): ModelLink {
  const { clock, timers, log } = parts;
  const closing = new AbortController();
  const kept: Int16Array[] = [];
  let current: Opened | undefined;
  let next: Opened | undefined;
  let renewal: Timer | undefined;
  let appendedMs = 0;
  let lossesMs: number[] = [];

  /** One try. */
  async function open(signal: AbortSignal): Promise<Opened> {
    const settings = parts.settings();
    const use: Use = { state: 'fresh' };
    const session = await parts.model.open({
      ...settings,
      signal,
      happened(event) {
        if (use.state === 'current') happened(event);
        else if (event.type === 'lost') use.lost = event.error;
      },
    });
    return { session, settings, use };
  }

  /** Some tries, within the deadline. Rejects with the last failure. */
  async function openSoon(): Promise<Opened> {
    const deadline = new AbortController();
    const late = new SpeechError('broken', `the speech model wasn't ready within ${openDeadlineMs} ms`);
    const timer = timers.after(openDeadlineMs, () => deadline.abort(late));
    const signal = AbortSignal.any([closing.signal, deadline.signal]);
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await open(signal);
        } catch (error) {
          const isHopeless = error instanceof SpeechError && error.code === 'unavailable';
          if (signal.aborted || isHopeless || attempt === maxAttempts) throw error;
          log.debug({ attempt, err: error }, "The speech model couldn't be reached");
          await pass(retryAfterMs * attempt, signal);
        }
      }
    } finally {
      timer.cancel();
    }
  }

  function pass(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = timers.after(ms, resolve);
      signal.addEventListener('abort', () => {
        timer.cancel();
        reject(signal.reason as Error);
      });
    });
  }

  async function connect(): Promise<void> {
    try {
      const opened = await openSoon();
      if (closing.signal.aborted) opened.session.close();
      else adopt(opened);
    } catch (error) {
      if (closing.signal.aborted) return;
      parts.failed(
        error instanceof SpeechError ? error : new SpeechError('broken', 'the speech model failed', { cause: error }),
      );
    }
  }

  function adopt(opened: Opened): void {
    current = opened;
    opened.use.state = 'current';
    appendedMs = 0;
    const settings = parts.settings();
    const { language, answersByItself } = opened.settings;
    if (settings.language !== language || settings.answersByItself !== answersByItself)
      opened.session.configure(settings);
    for (const item of parts.history()) opened.session.add(item);
    for (const pcm of kept.splice(0)) append(opened.session, pcm);
    renewal?.cancel();
    renewal = timers.after(renewAfterMs, () => void renew());
    parts.connected(opened.session);
    if (opened.use.lost) lose(opened.use.lost);
  }

  async function renew(): Promise<void> {
    try {
      const opened = await openSoon();
      if (closing.signal.aborted || !current) opened.session.close();
      else next = opened;
    } catch (error) {
      if (closing.signal.aborted) return;
      log.warn({ err: error }, "A fresh session with the speech model couldn't be opened in time");
      renewal = timers.after(renewAgainAfterMs, () => void renew());
    }
  }

  function happened(event: ModelEvent): void {
    if (event.type === 'lost') lose(event.error);
    else parts.happened(event);
  }

  function lose(error: SpeechError): void {
    if (!current) return;
    leave(current);
    current = undefined;
    const nowMs = clock.nowMs();
    lossesMs = [...lossesMs.filter((atMs) => nowMs - atMs < lossWindowMs), nowMs];
    log.warn({ err: error }, 'The session with the speech model was lost');
    parts.happened({ type: 'lost', error });
    if (error.code === 'unavailable' || lossesMs.length > maxLosses) parts.failed(error);
    else adoptNext();
  }

  /** Goes over to the session that is ready, or opens one. */
  function adoptNext(): void {
    const ready = next?.use.lost ? undefined : next;
    next = undefined;
    if (ready) adopt(ready);
    else void connect();
  }

  function leave({ session, use }: Opened): void {
    use.state = 'gone';
    session.close();
  }

  function append(session: ModelSession, pcm: Int16Array): void {
    appendedMs += pcm.length / samplesPerMs;
    session.append(pcm);
  }

  void connect();
  return {
    get session() {
      return current?.session;
    },
    get appendedMs() {
      return appendedMs;
    },
    append(pcm) {
      if (current) append(current.session, pcm);
      else if (kept.push(pcm) > maxKeptFrames) kept.shift();
    },
    giveUp: lose,
    pause() {
      if (!next || !current) return;
      leave(current);
      current = undefined;
      parts.happened({ type: 'lost', error: new SpeechError('broken', 'the session has been replaced') });
      adoptNext();
    },
    close() {
      closing.abort();
      renewal?.cancel();
      if (current) leave(current);
      if (next) leave(next);
      current = undefined;
    },
  };
}

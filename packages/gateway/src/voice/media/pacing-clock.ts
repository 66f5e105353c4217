// The metronome of all calls: one timer gives each call a beat every 20 ms, for ever on the same grid.
import type { Timer, Timers } from '../../kit/index.ts';
import { frameMs } from './pcm.ts';

/** A clock that only goes forward, whatever happens to the time of day. */
export interface MonotonicClock {
  /** Milliseconds since some moment, with fractions. */
  nowMs(): number;
}

/** The machine's monotonic clock. */
export const monotonicClock: MonotonicClock = { nowMs: () => performance.now() };

/** What is called 50 times a second. */
export interface Paced {
  /** The next 20 ms, at `nowMs` of the clock: what must leave on time. */
  beat(nowMs: number): void;
  /** What isn't urgent, once after each beat: it is done when nobody's beat is due. */
  afterBeat?(nowMs: number): void;
  /** One of them threw: neither is called any more. */
  failed(error: unknown): void;
}

/** What a pacing clock needs. */
export interface PacingOptions {
  timers: Timers;
  clock: MonotonicClock;
  /** Called for each beat with how late it was, ms. */
  onBeat?: (lateMs: number) => void;
}

/** Calls are spread over so many moments of the 20 ms, so that they don't all encode at once. */
const phaseCount = 10;
/** After a stall a call is given so many beats at once; the others are left out. */
const maxBeatsAtOnce = 3;

/** So long the event loop is kept at most; what is left is done in its next turn. */
const longestRingMs = 10;

interface Phase {
  dueMs: number;
  members: Set<Paced>;
}

/** Beats for everybody added. Runs no timer while nobody is. */
export class PacingClock {
  readonly #timers: Timers;
  readonly #clock: MonotonicClock;
  readonly #onBeat: (lateMs: number) => void;
  readonly #phases: Phase[];
  /** Those whose beat was, and whose `afterBeat` is still to come. */
  readonly #behind: { paced: Paced; phase: Phase }[] = [];
  #timer: Timer | undefined;
  #missedBeats = 0;

  constructor({ timers, clock, onBeat = () => {} }: PacingOptions) {
    this.#timers = timers;
    this.#clock = clock;
    this.#onBeat = onBeat;
    const startMs = clock.nowMs();
    this.#phases = Array.from({ length: phaseCount }, (_, index) => ({
      dueMs: startMs + (index * frameMs) / phaseCount,
      members: new Set(),
    }));
  }

  /** Begins to beat, at the moment of the 20 ms that has the fewest calls. Returns how to end it. */
  add(paced: Paced): () => void {
    const phase = this.#phases.reduce((least, other) => (other.members.size < least.members.size ? other : least));
    if (phase.members.size === 0) this.#anchor(phase);
    phase.members.add(paced);
    this.#schedule();
    return () => {
      phase.members.delete(paced);
      this.#schedule();
    };
  }

  /** Beats that were left out since the process stood still, summed over all calls. */
  get missedBeats(): number {
    return this.#missedBeats;
  }

  /** The first moment of the phase's grid that isn't over. */
  #anchor(phase: Phase): void {
    const behindMs = this.#clock.nowMs() - phase.dueMs;
    if (behindMs > 0) phase.dueMs += Math.ceil(behindMs / frameMs) * frameMs;
  }

  #schedule(): void {
    this.#timer?.cancel();
    const nextMs = Math.min(...this.#busyPhases.map(({ dueMs }) => dueMs));
    if (nextMs === Number.POSITIVE_INFINITY) return;
    // Timers count whole milliseconds: rounded down, they would ring too early and have to be set again.
    const delayMs = this.#behind.length > 0 ? 1 : Math.max(0, Math.ceil(nextMs - this.#clock.nowMs()));
    this.#timer = this.#timers.after(delayMs, () => this.#ring());
  }

  get #size(): number {
    return this.#phases.reduce((sum, { members }) => sum + members.size, 0);
  }

  get #busyPhases(): Phase[] {
    return this.#phases.filter(({ members }) => members.size > 0);
  }

  /** Beats first: whatever else is to be done waits while one is due. */
  #ring(): void {
    const endMs = this.#clock.nowMs() + longestRingMs;
    this.#beatWhoIsDue();
    while (this.#behind.length > 0 && this.#clock.nowMs() < endMs) {
      this.#catchUp();
      this.#beatWhoIsDue();
    }
    this.#schedule();
  }

  #catchUp(): void {
    const next = this.#behind.shift();
    if (next) this.#call(next.paced, next.phase, (nowMs) => next.paced.afterBeat?.(nowMs));
  }

  #beatWhoIsDue(): void {
    const nowMs = this.#clock.nowMs();
    const due = this.#phases.filter(({ members, dueMs }) => members.size > 0 && dueMs <= nowMs);
    for (const phase of due.toSorted((one, other) => one.dueMs - other.dueMs)) this.#beatPhase(phase);
  }

  #beatPhase(phase: Phase): void {
    const behind = Math.floor((this.#clock.nowMs() - phase.dueMs) / frameMs) + 1;
    const beats = Math.min(behind, maxBeatsAtOnce);
    const left = behind - beats;
    this.#missedBeats += left * phase.members.size;
    phase.dueMs += left * frameMs;
    for (let beat = 0; beat < beats; beat += 1) {
      for (const paced of phase.members) this.#beat(paced, phase);
      phase.dueMs += frameMs;
    }
  }

  #beat(paced: Paced, phase: Phase): void {
    this.#onBeat(this.#clock.nowMs() - phase.dueMs);
    this.#call(paced, phase, (nowMs) => paced.beat(nowMs));
    if (!paced.afterBeat) return;
    this.#behind.push({ paced, phase });
    // Where there is more to do than time, beats are held up rather than work piled up.
    if (this.#behind.length > maxBeatsAtOnce * this.#size) this.#catchUp();
  }

  /** Whoever has left, be it because he broke, isn't called. */
  #call(paced: Paced, phase: Phase, step: (nowMs: number) => void): void {
    if (!phase.members.has(paced)) return;
    try {
      step(this.#clock.nowMs());
    } catch (error) {
      phase.members.delete(paced);
      paced.failed(error);
    }
  }
}

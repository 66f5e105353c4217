// When what happened in a call.
import type { Clock } from '../../kit/index.ts';
import type { CallFigures } from '../ports/call-records.ts';

/** The moments of a call, ms since the epoch; null before they come. */
export class CallTimes {
  readonly startedMs: number;
  answeredMs: number | null = null;
  connectedMs: number | null = null;
  firstAudioMs: number | null = null;
  endedMs: number | null = null;
  readonly #clock: Clock;

  /** The call begins now. */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedMs = clock.nowMs();
  }

  answered(): void {
    this.answeredMs ??= this.#clock.nowMs();
  }

  connected(): void {
    this.connectedMs ??= this.#clock.nowMs();
  }

  /** True the first time. */
  firstAudio(): boolean {
    if (this.firstAudioMs !== null) return false;
    this.firstAudioMs = this.#clock.nowMs();
    return true;
  }

  ended(): void {
    this.endedMs ??= this.#clock.nowMs();
  }

  get heardAgent(): boolean {
    return this.firstAudioMs !== null;
  }

  /** How long each step took. */
  figures(): Pick<CallFigures, 'offerToAnswerMs' | 'answerToConnectedMs' | 'connectedToFirstAudioMs'> {
    return {
      offerToAnswerMs: between(this.startedMs, this.answeredMs),
      answerToConnectedMs: between(this.answeredMs, this.connectedMs),
      connectedToFirstAudioMs: between(this.connectedMs, this.firstAudioMs),
    };
  }
}

function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : toMs - fromMs;
}

// What was measured of the turns of one call.
import type { DialogueMeasure } from '../dialogue.ts';
import type { TurnPartFigures } from '../ports/call-records.ts';

/** Of a call without end the first turns tell enough. */
const MAX_SAMPLES = 1000;

/** Gathers the parts of a call's turns. */
export class TurnFigures {
  readonly #samplesMs = new Map<DialogueMeasure, number[]>();

  add(part: DialogueMeasure, ms: number): void {
    const samples = this.#samplesMs.get(part) ?? [];
    if (samples.length < MAX_SAMPLES) samples.push(ms);
    this.#samplesMs.set(part, samples);
  }

  count(part: DialogueMeasure): number {
    return this.#samplesMs.get(part)?.length ?? 0;
  }

  /** A line for each part that there was. */
  figures(): TurnPartFigures[] {
    return [...this.#samplesMs].map(([part, samplesMs]) => ({ part, ...summaryOf(samplesMs) }));
  }
}

function summaryOf(samplesMs: readonly number[]): Omit<TurnPartFigures, 'part'> {
  const sorted = samplesMs.toSorted((one, other) => one - other);
  const at = (place: number): number => Math.round(sorted[place] ?? 0);
  return { count: sorted.length, medianMs: at(Math.floor((sorted.length - 1) / 2)), longestMs: at(sorted.length - 1) };
}

// Measurement as a port: rooms declare what they measure, `ops` decides where it goes.

/** Labels of one measurement; values come from a closed list, never from users. */
export type Labels = Record<string, string>;

export interface Counter {
  add(amount?: number, labels?: Labels): void;
}

export interface Gauge {
  set(value: number, labels?: Labels): void;
}

export interface Histogram {
  /** `value` in the unit the name ends with, seconds mostly. */
  observe(value: number, labels?: Labels): void;
}

/** What a measurement is called and what it tells. Names end in their unit (`_seconds`, `_total`, `_bytes`). */
export interface MetricDescription {
  name: string;
  help: string;
  labels?: readonly string[];
  /** Upper bounds of a histogram's buckets. */
  buckets?: readonly number[];
}

/** Makes the instruments. Asking twice for one name gives the same instrument. */
export interface Meter {
  counter(description: MetricDescription): Counter;
  gauge(description: MetricDescription): Gauge;
  histogram(description: MetricDescription): Histogram;
}

/** Measures nothing: for tests and tools. */
export const silentMeter: Meter = {
  counter: () => ({ add() {} }),
  gauge: () => ({ set() {} }),
  histogram: () => ({ observe() {} }),
};

// The meter on prom-client. Counters and gauges are plain numbers that are handed over when somebody looks,
// because they are touched for every event and looked at every few seconds.
import * as prom from 'prom-client';
import type { Counter, Gauge, Histogram, Labels, Meter, MetricDescription } from '../kit/index.ts';
import { byLabels } from './by-labels.ts';

/** A meter, and everything it measured so far. */
export interface PromMeter extends Meter {
  /** The text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** A meter with a registry of its own. `processMetrics` adds CPU, memory, event loop and garbage collections. */
export function promMeter(options: { processMetrics?: boolean } = {}): PromMeter {
  const registry = new prom.Registry();
  if (options.processMetrics) prom.collectDefaultMetrics({ register: registry });
  return {
    counter: oncePerName((description) => counterOn(registry, description)),
    gauge: oncePerName((description) => gaugeOn(registry, description)),
    histogram: oncePerName((description) => histogramOn(registry, description)),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function counterOn(registry: prom.Registry, description: MetricDescription): Counter {
  const cells = byLabels(description.labels ?? [], emptyCell);
  const counter = new prom.Counter({
    ...settingsOf(registry, description),
    collect() {
      counter.reset();
      for (const { labels, value } of cells.all()) counter.inc(labels, value);
    },
  });
  return {
    add(amount = 1, labels) {
      cells.at(labels).value += amount;
    },
  };
}

function gaugeOn(registry: prom.Registry, description: MetricDescription): Gauge {
  const cells = byLabels(description.labels ?? [], emptyCell);
  const gauge = new prom.Gauge({
    ...settingsOf(registry, description),
    collect() {
      for (const { labels, value } of cells.all()) gauge.set(labels, value);
    },
  });
  return {
    set(value, labels) {
      cells.at(labels).value = value;
    },
  };
}

function histogramOn(registry: prom.Registry, description: MetricDescription): Histogram {
  const histogram = new prom.Histogram({
    ...settingsOf(registry, description),
    ...(description.buckets && { buckets: [...description.buckets] }),
  });
  const series = byLabels(description.labels ?? [], (labels) => histogram.labels(labels));
  return { observe: (value, labels) => series.at(labels).observe(value) };
}

interface Cell {
  labels: Labels;
  value: number;
}

function emptyCell(labels: Labels): Cell {
  return { labels, value: 0 };
}

function settingsOf(registry: prom.Registry, { name, help, labels = [] }: MetricDescription) {
  return { name, help, labelNames: [...labels], registers: [registry] };
}

function oncePerName<Instrument>(
  make: (description: MetricDescription) => Instrument,
): (description: MetricDescription) => Instrument {
  const made = new Map<string, Instrument>();
  return (description) => {
    const instrument = made.get(description.name) ?? make(description);
    made.set(description.name, instrument);
    return instrument;
  };
}

// Percentiles of what was measured.

/** The value below which `fraction` of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[], fraction: number): number {
  const sorted = Float64Array.from(samples).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

// Sizes of the audio the media path carries: mono Int16 frames of 20 ms, RTP timestamps on Opus' 48 kHz clock.

/** Length of every frame. */
export const frameMs = 20;

/** RTP ticks of a millisecond: Opus always runs on a 48 kHz clock (RFC 7587, section 4.1). */
export const ticksPerMs = 48;

/** RTP ticks of a frame. */
export const frameTicks: number = frameMs * ticksPerMs;

/** Rates that speech travels at inside Parley: recognisers hear 16 kHz, realtime models and voices 24 kHz. */
export type SpeechRate = 16_000 | 24_000;

/** Samples in a frame at `rate` Hz. */
export function frameSamples(rate: number): number {
  return (rate * frameMs) / 1000;
}

/** Samples at `rate` Hz of so many RTP ticks. */
export function samplesOfTicks(ticks: number, rate: number): number {
  return Math.round((ticks * rate) / (ticksPerMs * 1000));
}

/** A sample for Int16: rounded, and clipped where it is too loud. */
export function clipSample(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}

// How long a pause ends the caller's turn where the model's server decides about it (voice spec, section 9.1).
import type { DialogueSettings } from '../voice-settings.ts';

const shortestMs = 200;
const longestMs = 1_000;

/** One length between the shortest and the longest pause of the settings, for servers know only one. ms. */
export function pauseLength({ minSilenceMs, maxSilenceMs }: DialogueSettings['endpointing']): number {
  const between = Math.round(Math.sqrt(minSilenceMs * maxSilenceMs));
  return Math.min(longestMs, Math.max(shortestMs, between));
}

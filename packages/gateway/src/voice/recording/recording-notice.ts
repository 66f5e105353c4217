// What callers are told of their being recorded.
import type { HousePhrases, RecordingSettings } from '../voice-settings.ts';

/** The words, in the language of the phrases where they aren't the operator's own; null: none. */
export function recordingNotice(
  { enabled, announcement }: Pick<RecordingSettings, 'enabled' | 'announcement'>,
  phrases: HousePhrases,
): string | null {
  if (!enabled || announcement === false) return null;
  return announcement ?? phrases.recordingNotice;
}

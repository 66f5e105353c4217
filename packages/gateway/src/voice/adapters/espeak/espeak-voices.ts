// Which of espeak-ng's voices speaks a language.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SpeechError } from '../../ports/speech-to-text.ts';

/** A variant of every voice that is easier to understand than the plain one, for people and for recognisers. */
const clearVariant = '+f2';

const lastResort = 'en-us';

/** The languages the program speaks, in lower case (`en-us`, `fr-fr`, `de`). */
export async function espeakVoices(program: string): Promise<readonly string[]> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--voices'], { timeout: 5000 });
    // A heading, then lines of: priority, language, age and gender, name, file, other languages.
    const languages = stdout
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/)[1]);
    return languages.filter((language) => language !== undefined);
  } catch (error) {
    throw new SpeechError('unavailable', `${program} can't be run; is it installed?`, { cause: error });
  }
}

/**
 * The voice for a language (BCP-47): the configured one where it speaks that language, else the one of the region, of
 * the language, or of a region of it; English where the program doesn't know the language.
 */
export function voiceFor(language: string, voices: readonly string[], configured?: string): string {
  const wanted = language.toLowerCase();
  const base = primaryTag(wanted);
  if (configured !== undefined && primaryTag(configured.toLowerCase()) === base) return configured;
  const spoken =
    voices.find((voice) => voice === wanted) ??
    (base === 'en' ? lastResort : undefined) ??
    voices.find((voice) => voice === base) ??
    voices.find((voice) => primaryTag(voice) === base);
  return `${spoken ?? lastResort}${clearVariant}`;
}

function primaryTag(language: string): string {
  return language.split(/[-+]/)[0] ?? language;
}

// Has a voice say something beforehand.
import type { Timers } from '../../kit/index.ts';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import { promptAudio } from './prompt-audio.ts';
import { sentencesIn } from './sentences.ts';

/** A voice that remembers can say this text afterwards even when its service is gone. Never rejects. */
export async function rehearse(
  voice: TextToSpeech,
  text: string,
  { language, timers }: { language: string; timers: Timers },
): Promise<void> {
  const over = new AbortController();
  try {
    for (const { spoken } of sentencesIn(text)) {
      const audio = voice.speak(spoken, { language, signal: over.signal });
      for await (const _piece of promptAudio(audio, timers));
    }
  } catch {
    // Whoever needs it hears of it then.
    over.abort();
  }
}

// Says the house's words as they are: with a voice of its own, or by asking the model to (voice spec, section 9.4).
import type { Log, NewId, Timers } from '../../kit/index.ts';
import type { ModelItem } from '../ports/speech-model.ts';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import { promptAudio } from '../speech/prompt-audio.ts';
import { sentencesIn } from '../speech/sentences.ts';
import type { AgentLines } from './agent-lines.ts';
import { sayExactly } from './house-prompts.ts';
import type { TurnKeeper } from './turn-keeper.ts';

export interface VerbatimVoice {
  /**
   * Says it after what is being said. `journaled`: as words of the agent. Resolves when it was heard, cut off, or
   * couldn't be said.
   */
  say(text: string, options: { interruptible: boolean; journaled: boolean }): Promise<void>;
}

export function createVerbatimVoice(parts: {
  textToSpeech: TextToSpeech | undefined;
  turns: Pick<TurnKeeper, 'line' | 'shield'>;
  lines: AgentLines;
  /** BCP-47. */
  language(): string;
  /** Puts something into the model's conversation. */
  add(item: ModelItem): void;
  timers: Timers;
  newId: NewId;
  log: Log;
}): VerbatimVoice {
  const { textToSpeech, turns, lines } = parts;

  /** Whether anything could be said. */
  async function sayAloud(voice: TextToSpeech, text: string, journaled: boolean): Promise<boolean> {
    const id = parts.newId();
    const over = new AbortController();
    lines.begin(id, { responseId: null, journaled });
    lines.words(id, text);
    const heard = lines.heard(id).then((words) => {
      over.abort();
      // So that the model knows what was said.
      if (words !== '') parts.add({ kind: 'agent', text: words });
    });
    let hasSounded = false;
    try {
      for (const { spoken } of sentencesIn(text)) {
        if (spoken === '' || over.signal.aborted) continue;
        const audio = voice.speak(spoken, { language: parts.language(), signal: over.signal });
        for await (const pcm of promptAudio(audio, parts.timers)) {
          hasSounded = true;
          lines.audio(id, pcm);
        }
      }
    } catch (error) {
      parts.log.warn({ err: error }, "The voice couldn't say a phrase of the house");
    }
    const wasCut = over.signal.aborted;
    lines.whole(id);
    await heard;
    return hasSounded || wasCut;
  }

  return {
    async say(text, { interruptible, journaled }) {
      const lower = interruptible ? undefined : turns.shield();
      const isSaid = textToSpeech !== undefined && (await sayAloud(textToSpeech, text, journaled));
      if (!isSaid) await turns.line(sayExactly(text));
      lower?.();
    },
  };
}

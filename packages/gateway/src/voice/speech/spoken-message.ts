// One message of the agent, said sentence by sentence while it is written, and journaled as it is heard.
import type { SessionHandle } from '../../messaging/index.ts';
import { createHeardMessage } from './heard-message.ts';
import type { MessageExtras } from './heard-message.ts';
import { SentenceCutter } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import type { Manner, Speaker } from './speaker.ts';

/** A message that is being said. */
export interface SpokenMessage {
  /** More of its text, Markdown allowed. `language` (BCP-47) is that of the voice. */
  write(text: string, language: string): void;
  /** Has what was written so far said although its sentence hasn't ended. */
  flush(): void;
  attach(extras: Partial<MessageExtras>): void;
  /** There is no more: the message is completed once it was heard, or cut short. */
  end(): void;
  /** What was heard is all there will be. When that is nothing, nothing comes along with it either. */
  cutShort(): void;
}

/** Begins a message in the call. */
export function createSpokenMessage(
  call: { callId: string; session: SessionHandle },
  speaker: Speaker,
  manner: Manner,
): SpokenMessage {
  const message = createHeardMessage(call);
  const cutter = new SentenceCutter();
  let language = '';
  let hasBegun = false;
  let wasHeard = false;
  let isOver = false;

  function heard(text: string): void {
    wasHeard = true;
    message.heard(text);
  }

  function say(sentences: readonly Sentence[]): void {
    for (const sentence of sentences) {
      // No message begins with white space.
      hasBegun ||= sentence.spans.some(({ original }) => original.trim() !== '');
      if (hasBegun) speaker.say({ sentence, language, manner, heard });
    }
  }

  function cutShort(): void {
    if (!isOver && wasHeard) message.complete();
    isOver = true;
  }

  return {
    write(text, voiceLanguage) {
      language = voiceLanguage;
      say(cutter.push(text));
    },
    flush: () => say(cutter.flush()),
    attach: (extras) => message.attach(extras),
    end() {
      say(cutter.flush());
      speaker.afterwards({
        manner,
        reached() {
          isOver = true;
          message.complete();
        },
        dropped: cutShort,
      });
    },
    cutShort,
  };
}

// One sentence on its way to the caller: synthesised, and written to the mouth as it comes.
import type { NewId, Timers } from '../../kit/index.ts';
import type { Mouth } from '../dialogue.ts';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import { promptAudio } from './prompt-audio.ts';

const SAMPLES_PER_MS = 24;

/** A segment of the mouth with a sentence in it. */
export interface Segment {
  readonly id: string;
  /** Audio there is so far. */
  readonly writtenMs: number;
  /** All of its audio is there. */
  readonly isWhole: boolean;
  state: 'waiting' | 'sounding' | 'over';
  /** No more is synthesised; the mouth keeps what it has. */
  abort(): void;
}

/** What a segment needs. */
export interface SegmentParts {
  mouth: Mouth;
  textToSpeech: TextToSpeech;
  timers: Timers;
  newId: NewId;
}

/** How it ends; one of the two is called, unless it is aborted. */
export interface SegmentEnd {
  /** All of it is written. */
  written(): void;
  broke(error: unknown): void;
}

/** Begins to synthesise plain text. `language` is BCP-47. */
export function beginSegment(
  said: { text: string; language: string },
  { mouth, textToSpeech, timers, newId }: SegmentParts,
  end: SegmentEnd,
): Segment {
  const controller = new AbortController();
  const { signal } = controller;
  const id = newId();
  let writtenMs = 0;
  let isWhole = false;

  const segment: Segment = {
    id,
    state: 'waiting',
    get writtenMs() {
      return writtenMs;
    },
    get isWhole() {
      return isWhole;
    },
    abort: () => controller.abort(),
  };

  function breakOff(error: unknown): void {
    if (signal.aborted) return;
    segment.abort();
    if (writtenMs > 0) mouth.finish(id);
    end.broke(error);
  }

  async function synthesise(): Promise<void> {
    const audio = textToSpeech.speak(said.text, { language: said.language, signal });
    for await (const pcm of promptAudio(audio, timers)) {
      if (signal.aborted) return;
      writtenMs += pcm.length / SAMPLES_PER_MS;
      mouth.write(id, pcm);
    }
    if (signal.aborted) return;
    isWhole = true;
    if (writtenMs > 0) mouth.finish(id);
    else segment.state = 'over';
    end.written();
  }

  synthesise().catch(breakOff);
  return segment;
}

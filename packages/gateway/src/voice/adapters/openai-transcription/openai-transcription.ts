// Recognition by OpenAI, or by any service that offers its `POST /v1/audio/transcriptions`: an utterance is sent when
// it is over.

import { writeWav } from '../../media/wav.ts';
import {
  type RecognitionOptions,
  type RecognitionStream,
  SpeechError,
  type SpeechToText,
} from '../../ports/speech-to-text.ts';
import { askService, type ServiceParts } from '../../speech-services/ask-service.ts';
import { readTranscript } from './read-transcript.ts';

export interface OpenAiTranscriptionOptions {
  model?: string | undefined;
  /** Default `https://api.openai.com/v1`. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

const service = 'the transcription service';
const rate = 16_000;

/** Shorter audio is refused by the service; there are no words in it. */
const shortestSamples = rate / 10;

/** What is said after a minute isn't sent. */
const longestSamples = rate * 60;

const answerWithinMs = 15_000;

/** Hints are cut here: models take about 200 tokens. */
const longestPrompt = 600;

export function createOpenAiTranscription(options: OpenAiTranscriptionOptions, parts: ServiceParts): SpeechToText {
  return { open: (recognition) => new Transcription(options, recognition, parts), close: async () => {} };
}

class Transcription implements RecognitionStream {
  readonly #options: OpenAiTranscriptionOptions;
  readonly #recognition: RecognitionOptions;
  readonly #parts: ServiceParts;
  readonly #closed = new AbortController();
  #pieces: Int16Array[] = [];
  #samples = 0;

  constructor(options: OpenAiTranscriptionOptions, recognition: RecognitionOptions, parts: ServiceParts) {
    this.#options = options;
    this.#recognition = recognition;
    this.#parts = parts;
  }

  write(pcm: Int16Array): void {
    if (this.#samples + pcm.length > longestSamples) return;
    this.#pieces.push(pcm.slice());
    this.#samples += pcm.length;
  }

  async finish(): Promise<string> {
    const pcm = this.#taken();
    if (pcm.length < shortestSamples) return '';
    const { signal } = this.#closed;
    try {
      return await this.#transcribe(pcm, signal);
    } catch (error) {
      if (error instanceof SpeechError) throw error;
      throw new SpeechError('broken', signal.aborted ? `${service} was closed` : `${service} broke off`);
    }
  }

  discard(): void {
    this.#taken();
  }

  close(): void {
    this.discard();
    this.#closed.abort();
  }

  #taken(): Int16Array {
    const pcm = new Int16Array(this.#samples);
    let at = 0;
    for (const piece of this.#pieces) {
      pcm.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#samples = 0;
    return pcm;
  }

  async #transcribe(pcm: Int16Array, signal: AbortSignal): Promise<string> {
    const { baseUrl = 'https://api.openai.com/v1', apiKey, model = 'gpt-4o-mini-transcribe' } = this.#options;
    const prompt = promptOf(this.#recognition.phrases);
    const response = await askService(
      {
        service,
        url: `${baseUrl.replace(/\/+$/, '')}/audio/transcriptions`,
        headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
        body: form({ pcm, model, prompt, language: this.#recognition.language }),
        signal,
        answerWithinMs,
      },
      this.#parts,
    );
    const partial = (text: string): void => {
      if (!signal.aborted) this.#recognition.partial(text);
    };
    const text = await readTranscript(response, { partial, withinMs: answerWithinMs, timers: this.#parts.timers });
    // Models that hear nothing are apt to read the hint aloud.
    return text === prompt ? '' : text;
  }
}

function form(request: { pcm: Int16Array; model: string; prompt: string; language: string }): FormData {
  const wav = writeWav({ rate, channels: 1, pcm: request.pcm });
  const fields = new FormData();
  fields.set('file', new Blob([Buffer.from(wav)], { type: 'audio/wav' }), 'utterance.wav');
  fields.set('model', request.model);
  fields.set('language', request.language.split('-')[0]?.toLowerCase() ?? request.language);
  if (request.prompt !== '') fields.set('prompt', request.prompt);
  fields.set('response_format', 'json');
  fields.set('stream', 'true');
  return fields;
}

function promptOf(phrases: readonly string[]): string {
  let prompt = '';
  for (const phrase of phrases) {
    const longer = prompt === '' ? phrase : `${prompt}, ${phrase}`;
    if (longer.length > longestPrompt) break;
    prompt = longer;
  }
  return prompt;
}

// A model that hears and speaks by itself (speech to speech): what a call in end-to-end mode talks with.
import type { SpeechError } from './speech-to-text.ts';

/** Opens conversations with a model. */
export interface SpeechModel {
  /** Resolves to a session that is ready to hear. Rejects with {@link SpeechError}, or with the signal's reason. */
  open(options: ModelSessionOptions): Promise<ModelSession>;
}

export interface ModelSessionOptions extends ModelSettings {
  /** What the model is told before everything else. */
  instructions: string;
  tools: readonly ModelTool[];
  /** Called from the event loop, never after `close`. `lost` is the last event. */
  happened(event: ModelEvent): void;
  /** Abandons the opening; an open session is closed with `close`. */
  signal: AbortSignal;
}

/** What may change while the session is open. */
export interface ModelSettings {
  /** BCP-47: what the caller is expected to speak. */
  language: string;
  /** The pause that ends the caller's turn, ms. */
  silenceMs: number;
  /** Whether the model answers, and falls silent, by itself when the caller speaks. Otherwise it waits to be asked. */
  answersByItself: boolean;
}

/** A function the model may call. */
export interface ModelTool {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  parameters: Record<string, unknown>;
}

/** One conversation with a model. No method throws; after the session is lost or closed they do nothing. */
export interface ModelSession {
  /** What the caller said next: mono PCM at 24 kHz, pauses included. */
  append(pcm: Int16Array): void;
  /** Puts something at the end of the conversation. Nothing is answered before `respond`. */
  add(item: ModelItem): void;
  respond(wish: ResponseWish): void;
  /** Ends a response that is still being made. */
  cancel(responseId: string): void;
  /** Makes the model forget what it said after `heardMs` of an item's audio, which must not be more than it sent. */
  truncate(itemId: string, heardMs: number): void;
  configure(settings: ModelSettings): void;
  close(): void;
}

/** What can be put into the conversation. `note`: the house speaks to the model. */
export type ModelItem =
  | { kind: 'user' | 'agent' | 'note'; text: string }
  | { kind: 'tool-result'; callId: string; output: string };

/** A response that is asked for. */
export interface ResponseWish {
  /** Comes back with the response; at most 64 characters. */
  id: string;
  /** Instead of the session's instructions, for this response alone. */
  instructions?: string | undefined;
  /** Whether tools may be called. */
  tools: boolean;
}

/**
 * What a session tells. A response has items; an item's audio comes faster than it can be played, its words come
 * before, beside or after its audio.
 */
export type ModelEvent =
  /** The caller began to speak at so many ms of what was appended. */
  | { type: 'caller-began'; atMs: number }
  /** The caller spoke last at so many ms of what was appended. */
  | { type: 'caller-paused'; atMs: number }
  /** What the caller said is now part of the conversation, as an item. Its words follow. */
  | { type: 'caller-said'; itemId: string }
  /** The words of such an item; null when they couldn't be recognised. */
  | { type: 'transcript'; itemId: string; text: string | null }
  /** `wishId`: which wish it fulfils; null when the model answers by itself. */
  | { type: 'response-began'; responseId: string; wishId: string | null }
  /** Mono PCM at 24 kHz. */
  | { type: 'audio'; responseId: string; itemId: string; pcm: Int16Array }
  | { type: 'words'; responseId: string; itemId: string; text: string }
  /** All audio and words of an item are here. */
  | { type: 'item-over'; responseId: string; itemId: string }
  /** `calls`: tools the model really wants called; those of interrupted responses are left out. */
  | { type: 'response-over'; responseId: string; outcome: ResponseOutcome; calls: readonly ToolCall[] }
  /** The wish isn't granted: another response is being made (`busy`), or it can't be. */
  | { type: 'wish-refused'; wishId: string; busy: boolean }
  /** These settings are in force from here on. */
  | { type: 'configured'; answersByItself: boolean }
  /** The session is over. With `unavailable` it is no use to open another. */
  | { type: 'lost'; error: SpeechError };

/** `cut`: interrupted or cancelled; `failed`: the model couldn't. */
export type ResponseOutcome = 'complete' | 'cut' | 'failed';

export interface ToolCall {
  callId: string;
  name: string;
  /** JSON as the model wrote it, which may be none. */
  arguments: string;
}

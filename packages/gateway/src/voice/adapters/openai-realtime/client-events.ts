// What is sent to a realtime model: events of the GA protocol, audio as PCM16 at 24 kHz (voice spec, section 9).
import type {
  ConversationItem,
  RealtimeClientEvent,
  RealtimeFunctionTool,
  RealtimeSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import type { ModelItem, ModelSettings, ModelTool, ResponseWish } from '../../ports/speech-model.ts';
import { base64OfPcm } from './pcm-base64.ts';

/** What the model is, which can't change while it speaks. */
export interface SessionBeginning {
  instructions: string;
  tools: readonly ModelTool[];
  voice: string;
}

/** How much audio before the detected speech belongs to it, ms. */
export const prefixPaddingMs = 300;

const transcriptionModel = 'gpt-4o-mini-transcribe';
const pcm24 = { type: 'audio/pcm', rate: 24_000 } as const;

/** The first `session.update`: everything. */
export function sessionBeginning(beginning: SessionBeginning, settings: ModelSettings): RealtimeSessionCreateRequest {
  const { audio, ...rest } = sessionSettings(settings);
  return {
    ...rest,
    output_modalities: ['audio'],
    instructions: beginning.instructions,
    tools: beginning.tools.map(functionTool),
    tool_choice: 'auto',
    audio: {
      input: { ...audio?.input, format: pcm24, noise_reduction: { type: 'near_field' } },
      output: { format: pcm24, voice: beginning.voice },
    },
  };
}

/** A later `session.update`: what may change. */
export function sessionSettings({ language, silenceMs, answersByItself }: ModelSettings): RealtimeSessionCreateRequest {
  return {
    type: 'realtime',
    audio: {
      input: {
        transcription: { model: transcriptionModel, language: primaryLanguage(language) },
        turn_detection: {
          type: 'server_vad',
          prefix_padding_ms: prefixPaddingMs,
          silence_duration_ms: silenceMs,
          create_response: answersByItself,
          interrupt_response: answersByItself,
        },
      },
    },
  };
}

export function appendAudio(pcm: Int16Array): RealtimeClientEvent {
  return { type: 'input_audio_buffer.append', audio: base64OfPcm(pcm) };
}

export function createItem(item: ModelItem): RealtimeClientEvent {
  return { type: 'conversation.item.create', item: conversationItem(item) };
}

/** The wish's id travels in the metadata, which comes back with the response, and as the event's own id. */
export function createResponse({ id, instructions, tools }: ResponseWish): RealtimeClientEvent {
  return {
    type: 'response.create',
    event_id: id,
    response: {
      metadata: { wish: id },
      ...(instructions !== undefined && { instructions }),
      ...(!tools && { tool_choice: 'none' }),
    },
  };
}

function conversationItem(item: ModelItem): ConversationItem {
  switch (item.kind) {
    case 'user':
      return { type: 'message', role: 'user', content: [{ type: 'input_text', text: item.text }] };
    case 'agent':
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: item.text }] };
    case 'note':
      return { type: 'message', role: 'system', content: [{ type: 'input_text', text: item.text }] };
    case 'tool-result':
      return { type: 'function_call_output', call_id: item.callId, output: item.output };
  }
}

function functionTool({ name, description, parameters }: ModelTool): RealtimeFunctionTool {
  return { type: 'function', name, description, parameters };
}

/** Transcription takes ISO 639-1 codes: `en` of `en-GB`. */
function primaryLanguage(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? language;
}

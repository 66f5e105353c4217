// A model behind an OpenAI-Realtime-compatible WebSocket (voice spec, section 9).
import { WebSocket } from 'ws';
import type { Log, Timers } from '../../../kit/index.ts';
import type { ModelSession, ModelSessionOptions, SpeechModel } from '../../ports/speech-model.ts';
import { refusedUpgrade } from './model-failures.ts';
import { createRealtimeSession } from './realtime-session.ts';

const defaultBaseUrl = 'https://api.openai.com/v1';
const defaultVoice = 'marin';
/** A second of audio takes 64 kB as base64; no event comes near this. */
const maxFrameBytes = 8 * 1024 * 1024;

export interface RealtimeModelOptions {
  model: string;
  voice?: string | undefined;
  /** Version included, `http` or `https`. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

export interface RealtimeModelParts {
  timers: Timers;
  log: Log;
}

/** Makes a model; every session has a socket of its own. */
export function createRealtimeModel(options: RealtimeModelOptions, parts: RealtimeModelParts): SpeechModel {
  const { model, voice = defaultVoice, baseUrl = defaultBaseUrl, apiKey } = options;
  const address = `${baseUrl.replace(/^http/, 'ws').replace(/\/+$/, '')}/realtime?model=${encodeURIComponent(model)}`;
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };

  return {
    open(session) {
      session.signal.throwIfAborted();
      const socket = new WebSocket(address, { headers, perMessageDeflate: false, maxPayload: maxFrameBytes });
      return opened(socket, { voice, session, parts });
    },
  };
}

/** Resolves when the model has taken the session's settings. */
function opened(
  socket: WebSocket,
  { voice, session, parts }: { voice: string; session: ModelSessionOptions; parts: RealtimeModelParts },
): Promise<ModelSession> {
  const { signal } = session;
  return new Promise((resolve, reject) => {
    let settled = false;
    function fail(error: unknown): void {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', abandon);
      socket.terminate();
      reject(error);
    }
    function abandon(): void {
      fail(signal.reason);
    }
    const created = createRealtimeSession(socket, {
      ...session,
      ...parts,
      voice,
      ready() {
        settled = true;
        signal.removeEventListener('abort', abandon);
        resolve(created);
      },
      happened(event) {
        if (settled) session.happened(event);
        else if (event.type === 'lost') fail(event.error);
      },
    });
    signal.addEventListener('abort', abandon);
    socket.on('unexpected-response', (_request, response) => fail(refusedUpgrade(response.statusCode)));
  });
}

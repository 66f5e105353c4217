// Requests to speech services over HTTP: time limits, one more try, and failures that name neither key nor words.

import type { Timers } from '../../kit/index.ts';
import { SpeechError } from '../ports/speech-to-text.ts';

/** How a service is reached. */
export interface ServiceParts {
  timers: Timers;
  /** Node's `fetch` otherwise. */
  fetch?: typeof globalThis.fetch | undefined;
}

export interface ServiceRequest {
  /** For messages to the operator. */
  service: string;
  url: string;
  headers: Record<string, string>;
  body: string | FormData;
  signal: AbortSignal;
  /** From the request to the headers of the answer. */
  answerWithinMs: number;
}

/** Before a request is made again. */
const pauseMs = 250;

/** Refused for now, or not reached: worth another try. */
class PassingFailure extends SpeechError {}

/**
 * Posts a request; once more if the service is overloaded, broken or not reached. Throws {@link SpeechError}, and the
 * signal's reason when it is aborted.
 */
export async function askService(request: ServiceRequest, parts: ServiceParts): Promise<Response> {
  try {
    return await post(request, parts);
  } catch (error) {
    if (!(error instanceof PassingFailure)) throw error;
    await new Promise<void>((resolve) => parts.timers.after(pauseMs, resolve));
    return post(request, parts);
  }
}

async function post(request: ServiceRequest, parts: ServiceParts): Promise<Response> {
  const { service, url, headers, body, signal, answerWithinMs } = request;
  signal.throwIfAborted();
  const patience = new AbortController();
  const timer = parts.timers.after(answerWithinMs, () => patience.abort());
  const send = parts.fetch ?? fetch;
  // The key goes where the operator said, and nowhere else.
  const init: RequestInit = { method: 'POST', headers, body, redirect: 'manual' };
  const response = await send(url, { ...init, signal: AbortSignal.any([signal, patience.signal]) })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      const what = patience.signal.aborted ? 'does not answer' : "can't be reached";
      throw new PassingFailure('broken', `${service} ${what}`, { cause: causeOf(error) });
    })
    .finally(() => timer.cancel());
  if (response.ok) return response;
  await response.body?.cancel().catch(() => {});
  throw refusal(service, response.status);
}

function refusal(service: string, status: number): SpeechError {
  const message = `${service} answered ${status}`;
  const isPassing = status === 429 || status >= 500;
  return isPassing ? new PassingFailure('broken', message) : new SpeechError('unavailable', message);
}

/** The network's own error, which knows no more than an address. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : undefined;
}

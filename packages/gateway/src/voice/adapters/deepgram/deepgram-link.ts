// The WebSocket of one call to Deepgram: kept alive, and opened anew when it breaks.

import { WebSocket } from 'ws';
import type { Timer, Timers } from '../../../kit/index.ts';
import { SpeechError } from '../../ports/speech-to-text.ts';
import { closeStream, type DeepgramMessage, keepAlive, readDeepgram } from './deepgram-messages.ts';

const keepAliveMs = 4000;
const handshakeMs = 5000;
const largestMessage = 1024 * 1024;

/** Before each further try; after the last the service is given up. */
const pausesMs = [100, 500, 2000];

/** How long the service may take to say goodbye. */
const goodbyeMs = 2000;

/** Policy violation: audio or settings the service can't take (`DATA-0000`); it won't take them next time either. */
const refusedCode = 1008;

export interface LinkOptions {
  url: string;
  apiKey?: string | undefined;
  timers: Timers;
  /** A connection is up, the first or a new one: what was sent before is forgotten there. */
  opened(): void;
  heard(message: DeepgramMessage): void;
  /** No connection, and no further try. */
  lost(error: SpeechError): void;
}

/** A connection that is there most of the time. */
export class DeepgramLink {
  readonly #options: LinkOptions;
  readonly #keepAlive: Timer;
  #socket: WebSocket | undefined;
  #retry: Timer | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#keepAlive = options.timers.every(keepAliveMs, () => this.send(keepAlive));
    this.#connect();
  }

  /** Sends a text or audio; nothing while there is no connection. */
  send(data: string | Uint8Array): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#end();
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return socket?.terminate();
    socket.send(closeStream);
    const timer = this.#options.timers.after(goodbyeMs, () => socket.terminate());
    socket.once('close', () => timer.cancel());
  }

  #connect(): void {
    const { url, apiKey } = this.#options;
    const socket = new WebSocket(url, {
      headers: apiKey === undefined ? {} : { authorization: `Token ${apiKey}` },
      handshakeTimeout: handshakeMs,
      maxPayload: largestMessage,
    });
    this.#socket = socket;
    // An error is always followed by a close.
    socket.on('error', () => {});
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
      socket.terminate();
      if (statusCode < 500 && statusCode !== 429) this.#lose('unavailable', `Deepgram answered ${statusCode}`);
    });
    socket.on('open', () => this.#options.opened());
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.#hear(data.toString());
    });
    socket.on('close', (code) => this.#closed(code));
  }

  #hear(frame: string): void {
    const message = readDeepgram(frame);
    if (!message || this.#isClosed) return;
    this.#failures = 0;
    this.#options.heard(message);
  }

  #closed(code: number): void {
    if (this.#isClosed) return;
    if (code === refusedCode) return this.#lose('unavailable', 'Deepgram refuses the audio');
    const pause = pausesMs[this.#failures];
    if (pause === undefined) return this.#lose('broken', "Deepgram can't be reached");
    this.#failures += 1;
    this.#retry = this.#options.timers.after(pause, () => this.#connect());
  }

  #lose(code: SpeechError['code'], message: string): void {
    if (this.#isClosed) return;
    this.#end();
    this.#options.lost(new SpeechError(code, message));
  }

  #end(): void {
    this.#isClosed = true;
    this.#keepAlive.cancel();
    this.#retry?.cancel();
  }
}

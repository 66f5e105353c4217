// A server on loopback that plays Deepgram's live endpoint, word by word as the test says.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

/** One connection of a client. */
export interface DeepgramCall {
  path: string;
  headers: IncomingMessage['headers'];
  /** Bytes of audio so far. */
  audioBytes(): number;
  /** The types of the control messages so far (`KeepAlive`, `Finalize`, `CloseStream`). */
  controls: readonly string[];
  /** Sends a `Results` message about a stretch of the stream, in seconds. */
  results(transcript: string, about: ResultsAbout): void;
  utteranceEnd(): void;
  send(frame: string): void;
  close(code: number, reason: string): void;
  /** Cuts the connection without a goodbye. */
  cut(): void;
  isOpen(): boolean;
}

interface ResultsAbout {
  start?: number;
  duration?: number;
  isFinal?: boolean;
  speechFinal?: boolean;
  fromFinalize?: boolean;
}

export interface DeepgramService {
  url: string;
  /** The `index`th connection, once it is there. */
  call(index: number): Promise<DeepgramCall>;
  calls: readonly DeepgramCall[];
  /** From now on upgrades are answered with this status; 101 accepts them again. */
  answerUpgradesWith(status: number): void;
}

/** Starts a server for the running test. */
export async function deepgramService(): Promise<DeepgramService> {
  const calls: DeepgramCall[] = [];
  let status = 101;
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer().on('upgrade', (request, socket, head) => {
    if (status !== 101) socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    else sockets.handleUpgrade(request, socket, head, (webSocket) => calls.push(callOf(webSocket, request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    call: (index) =>
      vi.waitFor(() => {
        const call = calls[index];
        if (!call) throw new Error(`no call ${index} yet`);
        return call;
      }),
    answerUpgradesWith: (next) => (status = next),
  };
}

function callOf(socket: WebSocket, request: IncomingMessage): DeepgramCall {
  let bytes = 0;
  const controls: string[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) bytes += data.length;
    else controls.push((JSON.parse(data.toString()) as { type: string }).type);
    if (controls.at(-1) === 'CloseStream') socket.close(1000);
  });
  return {
    path: request.url ?? '',
    headers: request.headers,
    audioBytes: () => bytes,
    controls,
    results(transcript, { start = 0, duration = 1, isFinal = false, speechFinal = false, fromFinalize = false }) {
      const channel = { alternatives: [{ transcript, confidence: 0.9, words: [] }] };
      const flags = { is_final: isFinal, speech_final: speechFinal, from_finalize: fromFinalize };
      socket.send(JSON.stringify({ type: 'Results', channel_index: [0, 1], start, duration, ...flags, channel }));
    },
    utteranceEnd: () => socket.send(JSON.stringify({ type: 'UtteranceEnd', channel: [0, 1], last_word_end: 1 })),
    send: (frame) => socket.send(frame),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
    isOpen: () => socket.readyState === WebSocket.OPEN,
  };
}

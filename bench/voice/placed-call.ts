// One call as a client makes it: an offer over the signaling socket, candidates after the answer.
import { once } from 'node:events';
import { createNativeCaller } from '@parley/gateway';
import type { NativeCaller } from '@parley/gateway';
import { decodeServerSignal, encodeSignal } from '@parley/protocol';
import type { ClientMessage, OfferMessage } from '@parley/protocol';
import { WebSocket } from 'ws';
import { CONNECTOR_TOKEN } from '../parley-config.ts';

/** A call that is connected. */
export interface PlacedCall {
  caller: NativeCaller;
  /** From the offer to its answer, over an open socket. */
  offerToAnswerMs: number;
  /** Hangs up, and waits for the server to let go of the socket. */
  hangUp(): Promise<void>;
}

/** Calls whatever listens at `port`. Rejects when the call is refused. */
export async function placeCall(port: number, mode: OfferMessage['mode'] = 'echo'): Promise<PlacedCall> {
  const caller = createNativeCaller();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/webrtc/signal`, { perMessageDeflate: false });
  const tell = (message: ClientMessage): void => socket.send(encodeSignal(message));
  const [offer, candidates] = await Promise.all([
    caller.offer({ candidates: false }),
    caller.candidates(),
    once(socket, 'open'),
  ]);

  const answered = answerOn(socket);
  const offeredMs = performance.now();
  tell({ type: 'offer', mode, authToken: CONNECTOR_TOKEN, data: { type: 'offer', sdp: offer } });
  const { sessionId, sdp, atMs } = await answered;
  caller.applyAnswer(sdp);
  for (const candidate of candidates) {
    tell({ type: 'ice-candidate', sessionId, data: { candidate, sdpMid: '0', sdpMLineIndex: 0 } });
  }
  await caller.connected;

  return {
    caller,
    offerToAnswerMs: atMs - offeredMs,
    async hangUp() {
      tell({ type: 'close', sessionId });
      socket.close();
      await once(socket, 'close');
      caller.close();
    },
  };
}

function answerOn(socket: WebSocket): Promise<{ sessionId: string; sdp: string; atMs: number }> {
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const atMs = performance.now();
      const signal = decodeServerSignal(data.toString());
      if (signal?.type === 'answer') resolve({ sessionId: signal.sessionId, sdp: signal.data.sdp, atMs });
      if (signal?.type === 'error') reject(new Error(`the call was refused: ${signal.data.code}`));
    });
  });
}

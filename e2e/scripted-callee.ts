// The gateway's end of a call as a test wants it: signaling in the test, audio in a browser page of its own.
import { decodeSignal, encodeSignal } from '@parley/protocol';
import type { ClientSignal, ServerSignal } from '@parley/protocol';
import type { Page, WebSocketRoute } from 'playwright-core';

interface Media {
  /** Takes an offer, answers it, and speaks: whatever the fake microphone says. */
  answer: (sdp: string) => Promise<string>;
  add: (candidate: RTCIceCandidateInit) => Promise<void>;
  end: () => void;
}

declare global {
  interface Window {
    callee: Media;
    foundCandidate: (candidate: RTCIceCandidateInit) => void;
  }
}

/** Answers every call of one page, unless told otherwise. */
export class ScriptedCallee {
  readonly sessionId = '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10';
  /** What the page sent, over all sockets. */
  readonly received: ClientSignal[] = [];
  sockets = 0;
  answers = true;
  readonly #media: Page;
  #socket: WebSocketRoute | undefined;

  private constructor(media: Page) {
    this.#media = media;
  }

  /** Puts itself between a page and the signaling of its gateway. `origin` is a secure one. */
  static async of(page: Page, origin: string): Promise<ScriptedCallee> {
    const media = await page.context().newPage();
    const callee = new ScriptedCallee(media);
    await media.goto(`${origin}/health`);
    await media.exposeFunction('foundCandidate', (data: RTCIceCandidateInit) => callee.#found(data));
    await media.evaluate(mediaInPage);
    // Tabs in the background draw no pictures.
    await page.bringToFront();
    await page.routeWebSocket(/\/api\/v1\/webrtc\/signal$/, (socket) => callee.#serve(socket));
    return callee;
  }

  /** The page's signals of one kind. */
  of<Type extends ClientSignal['type']>(type: Type): (ClientSignal & { type: Type })[] {
    return this.received.filter((signal): signal is ClientSignal & { type: Type } => signal.type === type);
  }

  tell(signal: ServerSignal): void {
    this.#socket?.send(encodeSignal(signal));
  }

  /** The agent hangs up. */
  hangUp(): void {
    this.tell({ type: 'close', sessionId: this.sessionId });
  }

  refuse(code: string, message: string): void {
    this.tell({ type: 'error', sessionId: '', data: { code, message } });
  }

  /** The signaling socket breaks; the audio doesn't notice. */
  async dropSignaling(): Promise<void> {
    await this.#socket?.close({ code: 1011 });
  }

  /** The audio breaks, without a word. */
  async vanish(): Promise<void> {
    this.answers = false;
    await this.#media.evaluate(() => window.callee.end());
  }

  #serve(socket: WebSocketRoute): void {
    this.#socket = socket;
    this.sockets += 1;
    socket.onMessage((frame) => {
      const text = String(frame);
      const signal = decodeSignal(text);
      if ('refused' in signal) throw new Error(`the page sent a bad message: ${text}`);
      this.received.push(signal);
      this.#hear(signal).catch((error: unknown) => {
        // A candidate may still be on its way when the test is over.
        if (!this.#media.isClosed()) throw error;
      });
    });
  }

  async #hear(signal: ClientSignal): Promise<void> {
    if (signal.type === 'ping') this.tell({ type: 'pong', sessionId: signal.sessionId });
    if (signal.type === 'ice-candidate' && signal.data) {
      const { candidate, sdpMid = null, sdpMLineIndex = null } = signal.data;
      await this.#media.evaluate((data) => window.callee.add(data), { candidate, sdpMid, sdpMLineIndex });
    }
    if (signal.type !== 'offer' || !this.answers) return;
    const { sdp: offer } = signal.data as { sdp: string };
    const sdp = await this.#media.evaluate((text) => window.callee.answer(text), offer);
    this.tell({ type: 'answer', sessionId: this.sessionId, data: { type: 'answer', sdp } });
  }

  #found({ candidate = '', sdpMid, sdpMLineIndex }: RTCIceCandidateInit): void {
    const data = { candidate, sdpMid: sdpMid ?? '0', sdpMLineIndex: sdpMLineIndex ?? 0 };
    if (candidate !== '') this.tell({ type: 'ice-candidate', sessionId: this.sessionId, data });
  }
}

// Runs in the page: nothing from outside is known in here.
function mediaInPage(): void {
  let connection: RTCPeerConnection | undefined;
  window.callee = {
    async answer(sdp) {
      connection?.close();
      connection = new RTCPeerConnection();
      connection.addEventListener(
        'icecandidate',
        ({ candidate }) => candidate && window.foundCandidate(candidate.toJSON()),
      );
      await connection.setRemoteDescription({ type: 'offer', sdp });
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      for (const track of stream.getAudioTracks()) connection.addTrack(track, stream);
      const answer = await connection.createAnswer();
      await connection.setLocalDescription(answer);
      return answer.sdp ?? '';
    },
    async add(candidate) {
      if (connection?.signalingState !== 'closed') await connection?.addIceCandidate(candidate);
    },
    end() {
      connection?.close();
    },
  };
}

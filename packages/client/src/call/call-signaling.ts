// The signaling of one call: one offer at a time, candidates both ways, the end. A socket that is lost is replaced,
// and the new one picks the call up again by the id that the answer brought.
import { decodeServerSignal, encodeSignal } from '@parley/protocol';
import type { ClientMessage, OfferMessage, ServerSignal } from '@parley/protocol';
import { Heartbeat } from '../heartbeat.ts';
import type { OpenSocket, Socket } from '../ports/socket.ts';
import type { Time, Timer } from '../ports/time.ts';
import type { Candidate } from './ports/peer.ts';

/** What signaling tells its owner. */
interface SignalingEvents {
  /** The answer to the last offer. */
  answered(sdp: string): void;
  candidate(candidate: Candidate): void;
  /** The server's error, which ends the call. */
  refused(reason: string, message: string): void;
  /** The agent has hung up. */
  closed(): void;
  /** The server could not be reached before it had answered. */
  unreachable(): void;
}

/** What signaling needs. */
export interface SignalingParts {
  /** Origin of the server. */
  baseUrl: string;
  /** Every offer's members but its session description. */
  offer: Omit<OfferMessage, 'type' | 'sessionId' | 'data'>;
  openSocket: OpenSocket;
  time: Time;
  events: SignalingEvents;
}

/** Waits before the attempts after a loss, as in the SDKs. A call that was answered goes on trying at the last pace. */
const BACK_OFF_MS = [1_000, 2_000, 4_000] as const;
const OPEN_TIMEOUT_MS = 10_000;
const PING_EVERY_MS = 15_000;
/** The gateway answers in less than this, or not at all (voice spec, section 5.1). */
const ANSWER_WITHIN_MS = 2_000;
/** What this side closes with: 1000 when it is finished, the SDKs' 4002 when it drops a dead socket. */
const FINISHED = 1000;
const DROPPED = 4002;

/** Signaling from `open` to `close`. */
export class CallSignaling {
  readonly #parts: SignalingParts;
  #socket: Socket | undefined;
  #isOpen = false;
  #failures = 0;
  #timer: Timer | undefined;
  #heartbeat: Heartbeat | undefined;
  /** The call's name on the wire and its only key. Empty until the first answer. */
  #sessionId = '';
  /** Sent or to be sent, and not answered. */
  #offer: OfferMessage | undefined;
  /** Candidates that wait for the session's id, or for a socket. */
  #waiting: Candidate[] = [];
  #lastCandidate: Candidate | undefined;
  #isClosing = false;

  constructor(parts: SignalingParts) {
    this.#parts = parts;
  }

  /** An offer is on its way; another one would mix up the answers. */
  get isNegotiating(): boolean {
    return this.#offer !== undefined;
  }

  /** Opens the first socket. */
  open(): void {
    const url = `${this.#parts.baseUrl.replace(/\/+$/, '').replace(/^http/, 'ws')}/api/v1/webrtc/signal`;
    this.#timer = this.#parts.time.after(OPEN_TIMEOUT_MS, () => this.#drop());
    this.#socket = this.#parts.openSocket(url, {
      opened: () => this.#opened(),
      received: (text) => this.#received(text),
      closed: () => this.#lost(),
    });
  }

  /** Sends an offer, now or on the next socket; until it is answered it goes out again on every new one. */
  offer(sdp: string): void {
    this.#offer = { type: 'offer', sessionId: this.#sessionId, ...this.#parts.offer, data: { type: 'offer', sdp } };
    if (this.#isOpen) this.#send(this.#offer);
  }

  /** Tells the gateway of a way to reach this end, as soon as the call has an id and a socket. */
  candidate(candidate: Candidate): void {
    this.#waiting.push(candidate);
    this.#flush();
  }

  /** Makes sure that the socket is alive: the network may have changed. */
  check(): void {
    this.#heartbeat?.check();
  }

  /** Hangs up and lets go of the socket. Nothing is told any more. */
  close(): void {
    const isAwaited = this.#isOpen && this.isNegotiating && this.#sessionId === '';
    if (!isAwaited || this.#isClosing) return this.#finish();
    // The call can be hung up only by the id that its answer brings.
    this.#isClosing = true;
    this.#heartbeat?.stop();
    this.#timer = this.#parts.time.after(ANSWER_WITHIN_MS, () => this.#finish());
  }

  #opened(): void {
    const { time } = this.#parts;
    this.#timer?.cancel();
    this.#isOpen = true;
    this.#heartbeat = new Heartbeat({
      time,
      intervalMs: () => PING_EVERY_MS,
      send: () => this.#send({ type: 'ping', sessionId: this.#sessionId }),
      onSilence: () => this.#drop(),
    });
    if (this.#offer) this.#send(this.#offer);
    else if (this.#waiting.length === 0) this.#reattach();
    this.#flush();
  }

  // Any message with the call's id makes this socket the call's; a candidate that is known already does no harm.
  #reattach(): void {
    if (this.#sessionId === '') return;
    if (this.#lastCandidate) this.#sendCandidate(this.#lastCandidate);
    else this.#send({ type: 'ping', sessionId: this.#sessionId });
  }

  #received(text: string): void {
    this.#failures = 0;
    this.#heartbeat?.heard();
    const { events } = this.#parts;
    const signal = decodeServerSignal(text);
    if (this.#isClosing) return this.#hearTheLast(signal);
    switch (signal?.type) {
      case 'answer':
        return this.#answered(signal.sessionId, signal.data.sdp);
      case 'ice-candidate':
        return events.candidate(signal.data);
      case 'error':
        this.#offer = undefined;
        return events.refused(signal.data.code, signal.data.message);
      case 'close':
        return events.closed();
      case 'pong':
      case undefined:
    }
  }

  // The second answer to one offer says nothing new.
  #answered(sessionId: string, sdp: string): void {
    if (!this.#offer) return;
    this.#offer = undefined;
    this.#sessionId = sessionId;
    this.#parts.events.answered(sdp);
    this.#flush();
  }

  #hearTheLast(signal: ServerSignal | undefined): void {
    if (signal?.type === 'answer') this.#sessionId = signal.sessionId;
    if (signal?.type === 'answer' || signal?.type === 'error') this.#finish();
  }

  // The SDKs hang up whoever ended the call; the second close of a call does nothing.
  #finish(): void {
    if (this.#isOpen && this.#sessionId !== '') this.#send({ type: 'close', sessionId: this.#sessionId });
    this.#letGo();
    this.#socket?.close(FINISHED);
    this.#socket = undefined;
  }

  #flush(): void {
    if (!this.#isOpen || this.#sessionId === '') return;
    const candidates = this.#waiting;
    this.#waiting = [];
    for (const candidate of candidates) this.#sendCandidate(candidate);
  }

  #sendCandidate(data: Candidate): void {
    this.#lastCandidate = data;
    this.#send({ type: 'ice-candidate', sessionId: this.#sessionId, data });
  }

  #send(message: ClientMessage): void {
    this.#socket?.send(encodeSignal(message));
  }

  // The socket is dead, or never came to life, though nobody closed it.
  #drop(): void {
    this.#socket?.close(DROPPED);
    this.#lost();
  }

  #lost(): void {
    this.#letGo();
    this.#socket = undefined;
    if (this.#isClosing) return;
    this.#failures += 1;
    const isAnswered = this.#sessionId !== '';
    if (!isAnswered && this.#failures > BACK_OFF_MS.length) return this.#parts.events.unreachable();
    const waitMs = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length) - 1] ?? 0;
    this.#timer = this.#parts.time.after(waitMs, () => this.open());
  }

  #letGo(): void {
    this.#isOpen = false;
    this.#timer?.cancel();
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
  }
}

// One signaling socket: reads frames one after the other and passes them to the calls they are for. The socket is
// anonymous; an offer shows a token, every other frame the `sessionId` of its call.
import { isUtf8 } from 'node:buffer';
import { MAX_SIGNAL_BYTES, closeCodes, decodeSignal, encodeSignal, signalErrors } from '@parley/protocol';
import type { ClientSignal, IceCandidate, OfferEnvelope, SignalError } from '@parley/protocol';
import type { Log } from '../../kit/index.ts';
import type { Socket } from '../../messaging/index.ts';
import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { CallAccess, CallGrant } from '../ports/call-access.ts';
import type { LineEnd } from './call-line.ts';
import { readOffer, tokenOf } from './read-offer.ts';
import type { OfferRules } from './read-offer.ts';

/** Offers with a bad token that one socket may send (voice spec, section 3). */
const MAX_FAILED_OFFERS = 3;
/** What may wait, in frames, while an offer's token is looked up; a burst of thousands of candidates is less. */
const MAX_WAITING_BYTES = 4 * MAX_SIGNAL_BYTES;
/** What a client may leave unread. Pings and garbage are all that is answered more than a few times. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** Who is at the other end of a socket. */
export interface SignalingPeer {
  address: string;
  /** What a browser says of the page; undefined for apps and programs. */
  origin: string | undefined;
  userAgent: string | undefined;
}

/** What a connection needs from signaling. */
export interface SignalingConnectionParts {
  calls: Calls;
  access: CallAccess;
  rules: OfferRules;
  peer: SignalingPeer;
  /** Notes an offer with a bad token; true when its address had too many. */
  noteFailure(): boolean;
  onClosed(): void;
  log: Log;
}

/** A client's signaling socket. */
export class SignalingConnection implements LineEnd {
  readonly #socket: Socket;
  readonly #parts: SignalingConnectionParts;
  #call: Call | undefined;
  #hasOffered = false;
  #failedOffers = 0;
  #waitingBytes = 0;
  #closed = false;
  // Frames take effect in their order, although an offer takes its time.
  #work: Promise<void> = Promise.resolve();

  constructor(socket: Socket, parts: SignalingConnectionParts) {
    this.#socket = socket;
    this.#parts = parts;
  }

  /** Whether a live call would lose its socket with this one. */
  get isInCall(): boolean {
    return this.#call?.isLive ?? false;
  }

  /** A frame came, text or binary: whatever is JSON in UTF-8 will do. */
  received(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (bytes.length > MAX_SIGNAL_BYTES) {
      this.#close(closeCodes.tooBig, 'frame too large');
      return;
    }
    if (!isUtf8(bytes)) {
      this.#refuse(signalErrors.malformed, '');
      return;
    }
    if (this.#waitingBytes + bytes.length > MAX_WAITING_BYTES) {
      this.#close(closeCodes.policyViolation, 'too many frames');
      return;
    }
    const text = Buffer.from(bytes).toString();
    this.#waitingBytes += bytes.length;
    this.#work = this.#work.then(() => this.#handle(text)).finally(() => (this.#waitingBytes -= bytes.length));
  }

  /** The socket is gone. Calls don't care (voice spec, section 5.4). */
  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#call?.line.unbind(this);
    this.#parts.onClosed();
  }

  /** Sends a message, unless the client has stopped reading: then it may come back when it reads again. */
  send(text: string): void {
    if (this.#socket.bufferedBytes > MAX_UNREAD_BYTES) this.#close(closeCodes.tryAgainLater, 'client too slow');
    else this.#socket.send(text);
  }

  /** Nothing more comes, unless another call has begun on this socket. */
  callOver(): void {
    if (!this.isInCall) this.#close(closeCodes.ended, 'call ended');
  }

  /** The process is going: the client shall connect anew, elsewhere. */
  goAway(): void {
    this.#close(closeCodes.goingAway, 'going away');
  }

  async #handle(text: string): Promise<void> {
    if (this.#closed) return;
    const signal = decodeSignal(text);
    if ('refused' in signal) {
      this.#refuse(signal.refused, signal.sessionId);
      return;
    }
    try {
      await this.#obey(signal);
    } catch (error) {
      // Whatever it was, it concerns this frame and no other call.
      this.#parts.log.error({ type: signal.type, err: error }, 'A signal could not be handled');
      this.#refuse(signalErrors.internal, textOf(signal.sessionId));
    }
  }

  async #obey(signal: ClientSignal): Promise<void> {
    switch (signal.type) {
      case 'offer':
        await this.#offer(signal);
        break;
      case 'ice-candidate':
        this.#candidate(signal.sessionId, signal.data);
        break;
      case 'close':
        this.#hangUp(signal.sessionId);
        break;
      case 'ping':
        this.#speakFor(signal.sessionId);
        this.send(encodeSignal({ type: 'pong', sessionId: signal.sessionId }));
        break;
      case 'pong':
        this.#speakFor(signal.sessionId);
        break;
    }
  }

  async #offer(envelope: OfferEnvelope): Promise<void> {
    const { peer, calls, rules } = this.#parts;
    const sessionId = textOf(envelope.sessionId);
    this.#hasOffered = true;
    const token = tokenOf(envelope);
    const grant = token === undefined ? undefined : await this.#grantOf(token, sessionId);
    const offer = readOffer(envelope, { grant, origin: peer.origin }, rules);
    if ('refused' in offer) {
      this.#refuse(offer.refused, sessionId);
      if (!grant) this.#countFailure();
      return;
    }
    if (!grant || token === undefined || this.#closed) return;
    const known = calls.meantBy(offer, grant);
    if (known && 'refused' in known) {
      this.#refuse(known.refused, sessionId);
      return;
    }
    if (this.#isBusyWith(known?.call)) {
      this.#refuse(signalErrors.sessionAlreadyOpen, sessionId);
      return;
    }
    const answered = known
      ? await this.#bind(known.call).answerAgain(offer)
      : await calls.begin(offer, grant, { userAgent: peer.userAgent ?? null, token });
    if ('refused' in answered) this.#refuse(answered.refused, sessionId);
    else this.#bind(answered.call);
  }

  /** A live call goes on with the token that it was made with, whatever became of that (voice spec, section 3). */
  async #grantOf(token: string, sessionId: string): Promise<CallGrant | undefined> {
    const { access, calls } = this.#parts;
    return (await access.verify(token)) ?? calls.find(sessionId)?.grantOf(token);
  }

  #candidate(sessionId: string, data: IceCandidate | undefined): void {
    if (sessionId === '') {
      // Sent before the answer to an offer came, whatever the answer was.
      if (this.#hasOffered) this.#call?.addCandidate(data);
      else this.#refuse(signalErrors.malformed, '');
      return;
    }
    const found = this.#speakFor(sessionId);
    if ('refused' in found) this.#refuse(found.refused, sessionId);
    else found.call?.addCandidate(data);
  }

  #hangUp(sessionId: string): void {
    const { calls } = this.#parts;
    const call = calls.find(sessionId);
    if (call) {
      if (!this.#isBusyWith(call)) this.#bind(call);
      call.end('user_close');
    }
    calls.lineOfEnded(sessionId)?.understood();
  }

  /** Any message with the `sessionId` of a call makes this its socket (voice spec, section 5.4). */
  #speakFor(sessionId: string): { call: Call | undefined } | { refused: SignalError } {
    const call = this.#parts.calls.find(sessionId);
    if (call) return this.#isBusyWith(call) ? { refused: signalErrors.sessionAlreadyOpen } : { call: this.#bind(call) };
    const line = this.#parts.calls.lineOfEnded(sessionId);
    if (!line) return { refused: signalErrors.sessionNotFound };
    if (!this.#closed && !this.isInCall) line.bind(this);
    return { call: undefined };
  }

  #isBusyWith(other: Call | undefined): boolean {
    return this.#call !== undefined && this.#call !== other && this.#call.isLive;
  }

  /** Nothing more is needed to speak for a call than to know its `sessionId`. */
  #bind(call: Call): Call {
    if (this.#closed) return call;
    this.#call = call;
    call.line.bind(this);
    return call;
  }

  #countFailure(): void {
    this.#failedOffers++;
    const tooMany = this.#parts.noteFailure();
    if (tooMany || this.#failedOffers >= MAX_FAILED_OFFERS)
      this.#close(closeCodes.policyViolation, 'too many failures');
  }

  #refuse({ code, message }: SignalError, sessionId: string): void {
    this.send(encodeSignal({ type: 'error', sessionId, data: { code, message } }));
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    this.closed();
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

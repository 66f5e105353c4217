// One feed: news go out as they come, commands come in and are answered. Lets go of readers who are too slow, of
// sign-ins that are over, and of strangers who don't say who they are.
import {
  DESK_AUTHENTICATE_WITHIN_MS,
  MAX_DESK_FRAME_BYTES,
  closeCodes,
  decodeDeskClientFrame,
  deskErrors,
  deskProblem,
  encodeDeskServerFrame,
  restErrors,
} from '@parley/protocol';
import type { DeskClientFrame, DeskCommand, DeskPersonRef, DeskServerFrame, WireError } from '@parley/protocol';
import type { DeskConnection, DeskService } from '../../handoff/index.ts';
import type { RateLimit } from '../../identity/index.ts';
import type { Log, Timer, Timers } from '../../kit/index.ts';
import type { Socket } from '../../messaging/index.ts';
import type { DeskAccess, SignedIn } from './desk-access.ts';
import { actionOf, errorOf, resultOf } from './desk-answers.ts';
import type { OpenFeed, OpenFeeds } from './open-feeds.ts';

/** More than this unread, and a client shall come back with its cursor. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** Sign-ins end, and people are removed, while their feeds are open. */
const CHECK_EVERY_MS = 30_000;
/** Frames that may follow an `authenticate` before it is answered. */
const MAX_HELD = 100;
/** A closing handshake may take this long. */
const CLOSING_MS = 5_000;

export interface DeskFeedParts {
  access: Pick<DeskAccess, 'byToken'>;
  desk: Pick<DeskService, 'connect'>;
  feeds: OpenFeeds;
  /** Requests and commands, per person. */
  commandLimit: RateLimit;
  timers: Timers;
  log: Log;
}

/** A socket of somebody at the desk, or of somebody who has yet to say so. */
export class DeskFeedConnection implements OpenFeed {
  readonly #socket: Socket;
  readonly #parts: DeskFeedParts;
  readonly #held: DeskClientFrame[] = [];
  #signedIn: SignedIn | undefined;
  #desk: DeskConnection | undefined;
  #isAsking = false;
  #isClosed = false;
  /** Until somebody is signed in: the end of patience; from then on: the next check. */
  #timer: Timer;

  constructor(socket: Socket, parts: DeskFeedParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#timer = parts.timers.after(DESK_AUTHENTICATE_WITHIN_MS, () => this.signedOut());
    parts.feeds.add(this);
  }

  get personId(): string | undefined {
    return this.#signedIn?.person.id;
  }

  get token(): string | undefined {
    return this.#signedIn?.token;
  }

  /** It is known whose feed this is. What they missed since the cursor, or everything, goes out before this returns. */
  open(signedIn: SignedIn, cursor: string | undefined): void {
    const { desk, timers } = this.#parts;
    this.#timer.cancel();
    this.#timer = timers.every(CHECK_EVERY_MS, () => void this.#check(signedIn.token));
    this.#signedIn = signedIn;
    this.#desk = desk.connect({
      person: signedIn.person,
      cursor,
      listen: ({ cursor: at, event }) => this.#send({ ...event, cursor: at }),
    });
    if (this.#isClosed) this.#desk.close();
  }

  /** A text frame arrived. */
  received(text: string, bytes: number): void {
    if (this.#isClosed) return;
    if (bytes > MAX_DESK_FRAME_BYTES) return this.#complain(restErrors.bodyTooLarge);
    const frame = decodeDeskClientFrame(text);
    if (!('invalid' in frame)) return this.#take(frame);
    const { commandId } = frame.invalid;
    if (commandId === undefined) this.#complain(restErrors.unparsableRequest);
    else this.#refuse(commandId, restErrors.unparsableRequest);
  }

  /** A frame arrived that is no text. There are none. */
  receivedBinary(): void {
    this.#complain(restErrors.unparsableRequest);
  }

  /** The socket is gone, for whatever reason. */
  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#timer.cancel();
    this.#desk?.close();
    this.#parts.feeds.remove(this);
  }

  /** Nobody is signed in here, or no longer. */
  signedOut(): void {
    this.#complain(deskErrors.unauthenticated);
    this.close(closeCodes.policyViolation, 'signed out');
  }

  /** The process is going. */
  goAway(): void {
    this.close(closeCodes.goingAway, 'going away');
  }

  close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#socket.close(code, reason);
    this.#parts.timers.after(CLOSING_MS, () => this.#socket.terminate());
    this.closed();
  }

  #take(frame: DeskClientFrame): void {
    if (frame.type === 'ping') this.#send({ type: 'pong' });
    else if (this.#desk && frame.type !== 'authenticate') void this.#obey(this.#desk, frame);
    else if (this.#desk) this.#complain(restErrors.unparsableRequest);
    else if (this.#isAsking && this.#held.length < MAX_HELD) this.#held.push(frame);
    else if (this.#isAsking || frame.type !== 'authenticate') this.#complain(deskErrors.unauthenticated);
    else void this.#authenticate(frame);
  }

  async #authenticate({ token, cursor }: DeskClientFrame & { type: 'authenticate' }): Promise<void> {
    this.#isAsking = true;
    const signedIn = await this.#whoHas(token);
    if (this.#isClosed) return;
    if (!signedIn) return this.signedOut();
    if (this.#parts.feeds.isFull(signedIn.person.id)) {
      this.#complain(restErrors.rateLimited);
      return this.close(closeCodes.policyViolation, 'too many feeds');
    }
    this.open(signedIn, cursor);
    for (const frame of this.#held.splice(0)) this.#take(frame);
  }

  async #obey(desk: DeskConnection, command: DeskCommand): Promise<void> {
    const { commandId } = command;
    if (!this.#parts.commandLimit.take(this.personId ?? '').allowed) {
      return this.#refuse(commandId, restErrors.rateLimited);
    }
    const answer = await desk.do(actionOf(command));
    if (!answer.ok) return this.#refuse(commandId, errorOf(answer.refusal));
    this.#send({ type: 'done', commandId, ...resultOf(answer) });
  }

  async #check(token: string): Promise<void> {
    const signedIn = await this.#whoHas(token);
    if (!signedIn) this.signedOut();
  }

  /** When it can't be found out, nobody is let in, and nobody is thrown out. */
  async #whoHas(token: string): Promise<SignedIn | undefined> {
    try {
      return await this.#parts.access.byToken(token);
    } catch (error) {
      this.#parts.log.error({ personId: this.personId, err: error }, 'A sign-in could not be looked up');
      return this.#signedIn;
    }
  }

  #refuse(commandId: string, error: WireError & { by?: DeskPersonRef | null }): void {
    this.#send({ type: 'refused', commandId, problem: deskProblem(error, error.by) });
  }

  #complain(error: WireError): void {
    this.#send({ type: 'error', problem: deskProblem(error) });
  }

  #send(frame: DeskServerFrame): void {
    if (this.#isClosed) return;
    this.#socket.send(encodeDeskServerFrame(frame));
    if (this.#socket.bufferedBytes > MAX_BUFFERED_BYTES) this.close(closeCodes.tryAgainLater, 'reading too slowly');
  }
}

// A live call: connects its line, its connection, its audio and its conversation, and ends them together.
import { timingSafeEqual } from 'node:crypto';
import { signalErrors } from '@parley/protocol';
import type { IceCandidate, SignalError } from '@parley/protocol';
import type { Clock, Log, NewId, Timer, Timers } from '../../kit/index.ts';
import type { ReplyNews, SessionHandle } from '../../messaging/index.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { OfferedAudio } from '../negotiation/offered-media.ts';
import type { CallGrant } from '../ports/call-access.ts';
import type { CallOutcome, CallRecord } from '../ports/call-records.ts';
import type { PeerState } from '../ports/peer.ts';
import type { CallLine } from '../signaling/call-line.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { VoiceAgent } from '../voice-agent.ts';
import { CallConversation } from './call-conversation.ts';
import type { CallMeters } from './call-meters.ts';
import { nextPhase } from './call-phase.machine.ts';
import type { CallPhase, ConnectionNews } from './call-phase.machine.ts';
import { callRecord } from './call-record.ts';
import { CallTimes } from './call-times.ts';
import type { Connection } from './connection.ts';
import { endReasonOf } from './end-reason.ts';
import type { AgentMediaEvents, AgentMediaPath, MediaPath } from './media-path.ts';
import { watchReach } from './reach-watch.ts';
import type { ReachWatch } from './reach-watch.ts';
import { TurnFigures } from './turn-figures.ts';

/** Source of the times: voice spec, sections 5.6 and 11.3. */
const SETUP_MS = 30_000;
const STUN_AFTER_END_MS = 500;

/** What a call is made of. */
export interface CallParts {
  callId: string;
  /** The secret that all later signals show. Never logged. */
  sessionId: string;
  offer: Offer;
  grant: CallGrant;
  /** The token of its offer. Never logged. */
  token: string;
  userAgent: string | null;
  line: CallLine;
  /** Null: an echo call or a person's leg, which have neither dialogue nor session. */
  agent: VoiceAgent | null;
  /** What the agent says before its greeting; null: nothing. */
  notice: string | null;
  /** What callers are told who are handed to a queue, in place of waiting; null: they wait. */
  announcement(queue: string): string | null;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meters: CallMeters;
  /** Called once, when the call is over; what lasts longer needs no attention. */
  onEnded(call: Call): void;
}

/** A call, from its offer to its end. */
export class Call {
  readonly callId: string;
  readonly sessionId: string;
  readonly line: CallLine;
  readonly offer: Offer;
  readonly grant: CallGrant;
  /** Of the caller, as it names itself. */
  readonly userAgent: string | null;
  readonly #parts: CallParts;
  readonly #times: CallTimes;
  readonly #waits = new Set<Timer>();
  readonly #conversation: CallConversation | undefined;
  #connection: Connection | undefined;
  #media: MediaPath | undefined;
  #phase: CallPhase = 'negotiating';
  #reach: ReachWatch | undefined;
  #loss: Timer | undefined;
  readonly #turns = new TurnFigures();
  #outcome: CallOutcome | null = null;

  constructor(parts: CallParts) {
    this.callId = parts.callId;
    this.sessionId = parts.sessionId;
    this.line = parts.line;
    this.offer = parts.offer;
    this.grant = parts.grant;
    this.userAgent = parts.userAgent;
    this.#parts = parts;
    this.#times = new CallTimes(parts.clock);
    this.#conversation = this.#conversationWith(parts.agent);
  }

  /** Neither over nor about to be. */
  get isLive(): boolean {
    return this.#phase !== 'ended';
  }

  get phase(): CallPhase {
    return this.#phase;
  }

  /** The messaging session of the call, once it has one. */
  get session(): SessionHandle | undefined {
    return this.#conversation?.session;
  }

  /** Where a person of the desk may come on the line; undefined before there is somebody to talk with. */
  get bridge(): Bridge | undefined {
    return this.isLive ? this.#conversation?.bridge : undefined;
  }

  /** What the token that the call was made with allows it; undefined for any other token. */
  grantOf(token: string): CallGrant | undefined {
    return isSameText(token, this.#parts.token) ? this.grant : undefined;
  }

  /** Takes the connection that will answer, and sends its answer. From here on the caller gets 30 s to connect. */
  answer(connection: Connection, answerSdp: string): void {
    if (!this.isLive) {
      connection.close();
      return;
    }
    this.#connection = connection;
    this.line.send({ type: 'answer', sessionId: this.sessionId, data: { type: 'answer', sdp: answerSdp } });
    connection.release();
    this.#times.answered();
    this.#after(SETUP_MS, () => this.connectionChanged('setup-expired'));
  }

  /** Answers a later offer of the caller: a retransmission, a hold, an ICE restart (voice spec, sections 5.4, 7.6). */
  async answerAgain(offer: Offer): Promise<{ call: Call } | { refused: SignalError }> {
    const answer = this.isLive ? await this.#connection?.answerAgain(offer.sdp) : undefined;
    if (!answer) return { refused: signalErrors.sessionNotFound };
    if ('refused' in answer) return answer;
    this.line.send({ type: 'answer', sessionId: this.sessionId, data: { type: 'answer', sdp: answer.sdp } });
    this.#connection?.release();
    return { call: this };
  }

  /** Of the caller; undefined when there are no more, which means nothing. */
  addCandidate(candidate: IceCandidate | undefined): void {
    if (candidate && this.isLive) this.#connection?.addCandidate(candidate.candidate);
  }

  /** Gives the call its audio, which it closes in the end. */
  attachMedia(media: MediaPath): void {
    if (!this.isLive) {
      media.close();
      return;
    }
    this.#media = media;
    if (this.#phase === 'active') media.start();
  }

  /** A packet of the caller. */
  packetArrived(bytes: Uint8Array): void {
    this.#reach?.packet(bytes);
    this.#media?.take(bytes);
  }

  /** The caller negotiated other payload types, or another direction. */
  renegotiated(audio: OfferedAudio): void {
    this.#media?.renegotiated(audio);
  }

  /** Gives the call its session, and lets the agent begin to think of its greeting. */
  async converse(session: SessionHandle, media: AgentMediaPath): Promise<void> {
    if (this.isLive) await this.#conversation?.begin(session, media);
  }

  /** What the audio tells of itself. */
  readonly mediaEvents: AgentMediaEvents = {
    frame: (frame) => this.#conversation?.callerSaid(frame),
    digit: (digit) => this.#conversation?.pressed(digit),
    segmentStarted: (segmentId) => {
      const isAgents = this.#conversation?.segmentStarted(segmentId) ?? false;
      if (isAgents && this.#times.firstAudio()) this.#parts.meters.firstAudio(this.#times);
    },
    segmentEnded: (segmentId) => this.#conversation?.segmentEnded(segmentId),
    broke: (error) => this.broke(error),
  };

  /** News of the peer, or of the time. */
  connectionChanged(news: ConnectionNews | PeerState): void {
    const step = nextPhase(this.#phase, news);
    if (!step) return;
    if (step.phase === 'ended') {
      if (this.#phase === 'negotiating') this.fail(signalErrors.mediaFailed, step.outcome);
      else this.end(step.outcome);
      return;
    }
    const before = this.#phase;
    this.#phase = step.phase;
    if (step.phase === 'suspended') this.#suspend(step.lossInMs);
    else if (before === 'negotiating') this.#connected();
    else this.#resume();
  }

  /** A session that is, or is to become, the call's has news. */
  sessionChanged(session: SessionHandle): void {
    if (this.isLive) this.#conversation?.sessionChanged(session);
  }

  /** A reply for the call makes progress. */
  replyRelayed(session: SessionHandle, news: ReplyNews): void {
    if (this.isLive) this.#conversation?.replyRelayed(session, news);
  }

  /** Goes on in this session, from the next moment on in which nobody speaks. */
  moveTo(session: SessionHandle): void {
    if (this.isLive) this.#conversation?.moveTo(session);
  }

  /** The call can't go on, and the caller has heard nothing yet: says why, as clients show it. */
  fail(error: SignalError, outcome: CallOutcome): void {
    if (!this.isLive) return;
    this.line.send({ type: 'error', sessionId: this.sessionId, data: { code: error.code, message: error.message } });
    this.#finish(outcome);
    this.line.hangUp('gateway');
  }

  /** Ends a call that was never answered; whoever made the offer is told by its refusal. */
  abandon(outcome: CallOutcome): void {
    if (this.isLive) this.#finish(outcome, { byCaller: true });
  }

  /** Ends the call at once. Only `user_close` comes from the caller, and is not answered. */
  end(outcome: CallOutcome, options: { byCaller: boolean } = { byCaller: outcome === 'user_close' }): void {
    if (!this.isLive) return;
    if (!options.byCaller) this.line.send({ type: 'close', sessionId: this.sessionId });
    this.#finish(outcome, options);
    this.line.hangUp(options.byCaller ? 'caller' : 'gateway');
  }

  /** Something went wrong that nobody foresaw: this call is over, and no other. */
  broke(error: unknown): void {
    this.#parts.log.error({ callId: this.callId, err: error }, 'A call broke');
    if (this.#times.heardAgent) this.end('agent_failure');
    else this.fail(signalErrors.internal, 'agent_failure');
  }

  /** What there is to keep of the call, now. */
  record(): CallRecord {
    return callRecord(this.#parts, {
      times: this.#times,
      turns: this.#turns,
      outcome: this.#outcome,
      sessionId: this.session?.info.id ?? null,
      human: this.#conversation?.human ?? null,
      path: this.#connection?.path ?? null,
      streams: this.#media?.figures() ?? { up: null, down: null },
    });
  }

  #conversationWith(agent: VoiceAgent | null): CallConversation | undefined {
    if (!agent) return undefined;
    return new CallConversation({
      ...this.#parts,
      agent,
      host: {
        isLive: () => this.isLive,
        isActive: () => this.#phase === 'active',
        heardAgent: () => this.#times.heardAgent,
        after: (delayMs, action) => this.#after(delayMs, action),
        end: (outcome, options) => this.end(outcome, options),
        fail: (error, outcome) => this.fail(error, outcome),
        measured: (what, valueMs) => {
          this.#turns.add(what, valueMs);
          this.#parts.meters.measured(what, valueMs);
        },
      },
    });
  }

  #connected(): void {
    this.#times.connected();
    this.#parts.meters.connected(this.#times);
    this.#media?.start();
    this.#reach = watchReach({
      ...this.#parts,
      lost: () => this.connectionChanged('disconnected'),
      back: () => this.connectionChanged('connected'),
    });
    this.#conversation?.connected();
  }

  #suspend(lossInMs: number): void {
    this.#media?.pause();
    this.#conversation?.suspend();
    this.#loss = this.#after(lossInMs, () => this.connectionChanged('loss-expired'));
  }

  #resume(): void {
    this.#loss?.cancel();
    this.#media?.resume();
    this.#conversation?.resume();
  }

  #finish(outcome: CallOutcome, { byCaller } = { byCaller: false }): void {
    this.#phase = 'ended';
    this.#outcome = outcome;
    this.#times.ended();
    for (const wait of this.#waits) wait.cancel();
    this.#waits.clear();
    this.#reach?.close();
    this.#conversation?.close();
    this.session?.execute({ type: 'call-ended', callId: this.callId, reason: endReasonOf(outcome) });
    const [media, connection] = [this.#media, this.#connection];
    this.#parts.onEnded(this);
    media?.close();
    // A browser whose checks go unanswered takes it for a broken call, unless it has hung up itself.
    if (byCaller) connection?.close();
    else this.#parts.timers.after(STUN_AFTER_END_MS, () => connection?.close());
  }

  #after(delayMs: number, action: () => void): Timer {
    const timer = this.#parts.timers.after(delayMs, () => {
      this.#waits.delete(timer);
      if (this.isLive) action();
    });
    this.#waits.add(timer);
    return timer;
  }
}

/** Takes as long for any text of a length. */
function isSameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

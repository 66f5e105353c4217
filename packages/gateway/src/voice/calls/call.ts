// A live call: connects its line, its peer, its audio, its dialogue and its session, and ends them together. What is
// said is the dialogue's business, what is journaled the session's.
import { signalErrors } from '@parley/protocol';
import type { EndReason, IceCandidate, SignalError } from '@parley/protocol';
import type { Clock, Log, NewId, Timer, Timers } from '../../kit/index.ts';
import type { ReplyNews, SessionHandle } from '../../messaging/index.ts';
import { createBridge } from '../bridge/bridge.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { Dialogue, DialogueHost, Mouth } from '../dialogue.ts';
import type { OfferedAudio } from '../negotiation/offered-media.ts';
import { phrasesFor } from '../phrases.ts';
import type { CallGrant } from '../ports/call-access.ts';
import type { CallOutcome, CallRecord } from '../ports/call-records.ts';
import type { PeerState } from '../ports/peer.ts';
import type { CallLine } from '../signaling/call-line.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { VoiceAgent } from '../voice-agent.ts';
import type { CallMeters } from './call-meters.ts';
import { nextPhase } from './call-phase.machine.ts';
import type { CallPhase, ConnectionNews } from './call-phase.machine.ts';
import { CallTimes } from './call-times.ts';
import type { Connection } from './connection.ts';
import type { AgentMediaEvents, AgentMediaPath, MediaPath } from './media-path.ts';

/** Source of the times: voice spec, sections 5.6, 9.5, 11.2 and 11.3. */
const SETUP_MS = 30_000;
const SILENCE_BEFORE_GREETING_MS = 200;
const HANG_UP_MARGIN_MS = 200;
const STUN_AFTER_END_MS = 500;
const LAST_WARNING_MS = 60_000;
/** The longest that a goodbye may keep a call open that is to end. */
const FAREWELL_MS = 10_000;

/** What a call is made of. */
export interface CallParts {
  callId: string;
  /** The secret that all later signals show. Never logged. */
  sessionId: string;
  offer: Offer;
  grant: CallGrant;
  userAgent: string | null;
  line: CallLine;
  /** Null: an echo call or a person's leg, which have neither dialogue nor session. */
  agent: VoiceAgent | null;
  /** What the agent says before its greeting; null: nothing. */
  notice: string | null;
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
  readonly #parts: CallParts;
  readonly #times: CallTimes;
  readonly #waits = new Set<Timer>();
  #connection: Connection | undefined;
  #media: MediaPath | undefined;
  #dialogue: Dialogue | undefined;
  #bridge: Bridge | undefined;
  #session: SessionHandle | undefined;
  #nextSession: SessionHandle | undefined;
  #phase: CallPhase = 'negotiating';
  #loss: Timer | undefined;
  #interruptions = 0;
  /** Keys that were pressed before the dialogue began; null once it has. */
  #earlyDigits: string[] | null = [];
  #outcome: CallOutcome | null = null;

  constructor(parts: CallParts) {
    this.callId = parts.callId;
    this.sessionId = parts.sessionId;
    this.line = parts.line;
    this.offer = parts.offer;
    this.grant = parts.grant;
    this.#parts = parts;
    this.#times = new CallTimes(parts.clock);
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
    return this.#session;
  }

  /** Where a person of the desk may come on the line; undefined before there is somebody to talk with. */
  get bridge(): Bridge | undefined {
    return this.isLive && this.#dialogue ? this.#bridge : undefined;
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
    this.#media?.take(bytes);
  }

  /** The caller negotiated other payload types, or another direction. */
  renegotiated(audio: OfferedAudio): void {
    this.#media?.renegotiated(audio);
  }

  /** Gives the call its session, and lets the agent begin to think of its greeting. */
  async converse(session: SessionHandle, media: AgentMediaPath): Promise<void> {
    const { agent, notice } = this.#parts;
    if (!agent || !this.isLive) return;
    this.#session = session;
    const dialogue = await this.#open(agent, media);
    if (!dialogue) return;
    const begun = this.#takeLinkedSession(session);
    this.#dialogue = dialogue;
    // Whatever the agent thinks of comes behind it.
    if (notice !== null) void dialogue.announce(notice, { interruptible: false });
    // Whoever has been greeted in the chat needn't be greeted again, but shall hear that somebody is there.
    const hasMet = begun.state.hasJoined;
    const { greeting } = agent.settings;
    begun.execute({
      type: 'call-started',
      callId: this.callId,
      answers: agent.mode === 'end-to-end' ? 'call' : 'agent',
      greeting: greeting && !hasMet && agent.mode === 'traditional',
      variantId: this.offer.variantId ?? null,
      build: this.offer.build ?? null,
      backfill: [],
    });
    if (greeting && hasMet && agent.mode === 'traditional') {
      void dialogue.announce(agent.phrases.goAhead, { interruptible: true });
    }
    if (this.#phase === 'active') this.#greet();
  }

  /** What the audio tells of itself. */
  readonly mediaEvents: AgentMediaEvents = {
    frame: (frame) => {
      this.#dialogue?.hear(frame);
      this.#bridge?.callerSaid(frame);
    },
    digit: (digit) => {
      if (this.#earlyDigits) this.#earlyDigits.push(digit);
      else this.#dialogue?.press(digit);
    },
    segmentStarted: (segmentId) => {
      if (this.#bridge?.isPersons(segmentId)) return;
      if (this.#times.firstAudio()) this.#parts.meters.firstAudio(this.#times);
      this.#dialogue?.segmentStarted(segmentId);
    },
    segmentEnded: (segmentId) => {
      this.#dialogue?.segmentEnded(segmentId);
      this.#moveWhenQuiet();
    },
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
    if (!this.isLive || session !== this.#session) {
      this.#moveWhenQuiet();
      return;
    }
    this.#bridge?.sessionChanged();
    const { ended } = session.state;
    if (ended) {
      if (ended.reason === 'REASON_USER_END') this.end('user_close', { byCaller: false });
      else this.#endAfterWords('agent_hangup');
      return;
    }
    if (this.#dialogue && !session.state.call) {
      this.#hungUpByDesk(session);
      return;
    }
    this.#dialogue?.sessionChanged();
    this.#moveWhenQuiet();
  }

  /** A reply for the call makes progress. */
  replyRelayed(session: SessionHandle, news: ReplyNews): void {
    if (this.isLive && session === this.#session) this.#dialogue?.replyRelayed(news);
  }

  /** Goes on in this session, from the next moment on in which nobody speaks. */
  moveTo(session: SessionHandle): void {
    if (!this.isLive || this.#session === session) return;
    this.#nextSession = session;
    this.#moveWhenQuiet();
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

  /** Says goodbye in these words, then ends. */
  endWithWords(outcome: CallOutcome, words: string): void {
    if (!this.isLive) return;
    this.#bridge?.close();
    const end = (): void => this.end(outcome);
    if (!this.#dialogue || this.#phase !== 'active') {
      end();
      return;
    }
    this.#after(FAREWELL_MS, end);
    void this.#dialogue.announce(words, { interruptible: false }).then(() => this.#endAfterWords(outcome));
  }

  /** What there is to keep of the call, now. */
  record(): CallRecord {
    const { offer, grant, agent, callId, userAgent } = this.#parts;
    const { up, down } = this.#media?.figures() ?? { up: null, down: null };
    return {
      callId,
      callSid: offer.callSid ?? null,
      sessionId: this.#session?.info.id ?? grant.desk?.sessionId ?? null,
      connectorId: grant.connectorId,
      account: grant.account,
      project: grant.project,
      agentId: grant.agentId,
      variantId: offer.variantId ?? null,
      build: offer.build ?? null,
      requestedMode: offer.requestedMode,
      mode: agent?.mode ?? (grant.desk ? 'desk' : 'echo'),
      tokenKind: grant.kind,
      userAgent,
      startedMs: this.#times.startedMs,
      connectedMs: this.#times.connectedMs,
      endedMs: this.#times.endedMs,
      outcome: this.#outcome,
      human: this.#bridge?.human ?? null,
      figures: {
        ...this.#times.figures(),
        path: this.#connection?.path ?? null,
        signalingDrops: this.line.drops,
        signalingReattaches: this.line.reattaches,
        interruptions: this.#interruptions,
        up,
        down,
      },
    };
  }

  /** Undefined when the dialogue can't be had, or comes too late: then the call is over. */
  async #open(agent: VoiceAgent, media: AgentMediaPath): Promise<Dialogue | undefined> {
    this.#bridge = this.#bridgeTo(agent, media);
    try {
      const dialogue = await agent.open(this.#host(this.#bridge.mouth));
      if (this.isLive) return dialogue;
      dialogue.close();
    } catch (error) {
      this.#dialogueFailed(error);
    }
    return undefined;
  }

  #bridgeTo(agent: VoiceAgent, { mouth }: AgentMediaPath): Bridge {
    const session = (): SessionHandle => this.#session as SessionHandle;
    return createBridge({
      ...this.#parts,
      session,
      mouth,
      callerRate: () => this.#dialogue?.rate ?? 16_000,
      unheard: (segmentId) => this.#dialogue?.segmentEnded(segmentId),
      announce: (text) => void this.#dialogue?.announce(text, { interruptible: true }),
      phrases: () => phrasesFor(session().state.language ?? agent.settings.language),
    });
  }

  #host(mouth: Mouth): DialogueHost {
    const call = this;
    return {
      callId: this.callId,
      get session() {
        return call.#session as SessionHandle;
      },
      mouth,
      hangUp: (outcome) => this.#endAfterWords(outcome),
      failed: (error) => this.#dialogueFailed(error),
      measured: (what, valueMs) => {
        if (what === 'barge-in') this.#interruptions++;
        this.#parts.meters.measured(what, valueMs);
      },
    };
  }

  #connected(): void {
    this.#times.connected();
    this.#parts.meters.connected(this.#times);
    this.#media?.start();
    const { agent } = this.#parts;
    if (agent) {
      const { maxCallMs } = agent.settings;
      if (maxCallMs > LAST_WARNING_MS) {
        this.#after(maxCallMs - LAST_WARNING_MS, () => {
          void this.#dialogue?.announce(agent.phrases.oneMinuteLeft, { interruptible: true });
        });
      }
      this.#after(maxCallMs, () => this.endWithWords('max_duration', agent.phrases.timeIsUp));
    }
    if (this.#dialogue) this.#greet();
  }

  #greet(): void {
    this.#after(SILENCE_BEFORE_GREETING_MS, () => {
      this.#dialogue?.start();
      for (const digit of this.#earlyDigits ?? []) this.#dialogue?.press(digit);
      this.#earlyDigits = null;
    });
  }

  #suspend(lossInMs: number): void {
    this.#media?.pause();
    this.#dialogue?.suspend();
    this.#loss = this.#after(lossInMs, () => this.connectionChanged('loss-expired'));
  }

  #resume(): void {
    this.#loss?.cancel();
    this.#media?.resume();
    this.#dialogue?.resume();
  }

  #dialogueFailed(error: unknown): void {
    if (!this.isLive) return;
    this.#parts.log.warn({ callId: this.callId, err: error }, 'The dialogue of a call failed');
    const { agent } = this.#parts;
    if (this.#times.heardAgent && agent) this.endWithWords('agent_failure', agent.phrases.apology);
    else this.fail(signalErrors.agentUnavailable, 'agent_failure');
  }

  /** The session goes on without the call. Nobody else knows of a session of the call's own. */
  #hungUpByDesk(session: SessionHandle): void {
    this.end('agent_hangup', { byCaller: false });
    if (session.info.door === 'voice') session.execute({ type: 'expire' });
  }

  /** Waits until the caller has heard what is being said, then ends. */
  #endAfterWords(outcome: CallOutcome): void {
    const media = this.#media as AgentMediaPath | undefined;
    const wait = (): void => {
      if (media?.mouth.isSpeaking && this.#phase === 'active') this.#after(50, wait);
      else this.#after((media?.mouth.lagMs ?? 0) + HANG_UP_MARGIN_MS, () => this.end(outcome, { byCaller: false }));
    };
    wait();
  }

  /** A session that was linked while the agent got ready becomes the call's: nothing was said yet. */
  #takeLinkedSession(own: SessionHandle): SessionHandle {
    const linked = this.#nextSession;
    this.#nextSession = undefined;
    if (!linked || linked === own || !isFree(linked)) return own;
    this.#session = linked;
    // Nobody else knows of a session of the call's own.
    if (own.info.door === 'voice') own.execute({ type: 'expire' });
    return linked;
  }

  /** A call that finds its linked session late takes what was said along (voice spec, section 8.3). */
  #moveWhenQuiet(): void {
    const [from, to, media] = [this.#session, this.#nextSession, this.#media as AgentMediaPath | undefined];
    const { agent } = this.#parts;
    if (!this.isLive || !this.#dialogue || !from || !to || !agent) return;
    if (from.state.turn || media?.mouth.isSpeaking) return;
    this.#nextSession = undefined;
    if (!isFree(to)) return;
    const backfill = from.transcript.lines.flatMap(({ speaker, text }) =>
      speaker === 'human' ? [] : [{ speaker, text }],
    );
    this.#session = to;
    from.execute({ type: 'call-moved', callId: this.callId });
    to.execute({
      type: 'call-started',
      callId: this.callId,
      answers: agent.mode === 'end-to-end' ? 'call' : 'agent',
      greeting: false,
      variantId: this.offer.variantId ?? null,
      build: this.offer.build ?? null,
      backfill,
    });
    this.#dialogue.sessionChanged();
  }

  #finish(outcome: CallOutcome, { byCaller } = { byCaller: false }): void {
    this.#phase = 'ended';
    this.#outcome = outcome;
    this.#times.ended();
    for (const wait of this.#waits) wait.cancel();
    this.#waits.clear();
    this.#bridge?.close();
    this.#dialogue?.close();
    this.#session?.execute({ type: 'call-ended', callId: this.callId, reason: endReasonOf(outcome) });
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

/** Whether a session may have a call. */
function isFree({ state }: SessionHandle): boolean {
  return state.ended === null && state.call === null;
}

/** What the messaging session says of the end (voice spec, section 8.3). */
function endReasonOf(outcome: CallOutcome): EndReason {
  switch (outcome) {
    case 'user_close':
      return 'REASON_USER_END';
    case 'caller_lost':
    case 'setup_timeout':
    case 'media_failure':
      return 'REASON_USER_ABANDONED';
    default:
      return 'REASON_NATURAL_END';
  }
}

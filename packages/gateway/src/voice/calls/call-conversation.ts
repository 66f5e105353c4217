// The talking half of a call: the agent's dialogue, the session it is journaled in, and the bridge by which a person may
// come on the line. What is said is the dialogue's business, what is journaled the session's.
import { signalErrors } from '@parley/protocol';
import type { SignalError } from '@parley/protocol';
import type { Clock, Log, NewId, Timer, Timers } from '../../kit/index.ts';
import type { ReplyNews, SessionHandle } from '../../messaging/index.ts';
import { createBridge } from '../bridge/bridge.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { Dialogue, DialogueHost, DialogueMeasure, Mouth } from '../dialogue.ts';
import { phrasesFor } from '../phrases.ts';
import type { CallOutcome } from '../ports/call-records.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { VoiceAgent } from '../voice-agent.ts';
import type { AgentMediaPath } from './media-path.ts';
import { createSessionSeat } from './session-seat.ts';
import type { SessionSeat } from './session-seat.ts';

/** Source of the times: voice spec, sections 9.5, 11.2 and 11.3. */
const SILENCE_BEFORE_GREETING_MS = 200;
const HANG_UP_MARGIN_MS = 200;
const LAST_WARNING_MS = 60_000;
/** The longest that a goodbye may keep a call open that is to end. */
const FAREWELL_MS = 10_000;
/** How often it is looked whether everything was said. */
const LOOK_MS = 50;

/** What a conversation may ask of its call, and look at. */
export interface ConversationHost {
  isLive: () => boolean;
  /** The caller can be heard, and hears. */
  isActive: () => boolean;
  /** The caller has heard the agent already: failures are told aloud. */
  heardAgent: () => boolean;
  /** Runs something later, unless the call is over by then. */
  after(delayMs: number, action: () => void): Timer;
  end(outcome: CallOutcome, options: { byCaller: boolean }): void;
  /** Ends a call in which nothing was heard yet, with an error that clients show. */
  fail(error: SignalError, outcome: CallOutcome): void;
  measured(what: DialogueMeasure, valueMs: number): void;
}

/** What a conversation is made of. */
export interface ConversationParts {
  callId: string;
  offer: Pick<Offer, 'variantId' | 'build'>;
  agent: VoiceAgent;
  /** What the agent says before its greeting; null: nothing. */
  notice: string | null;
  /** What callers are told who are handed to this queue, in place of waiting; null: they wait. */
  announcement: (queue: string) => string | null;
  host: ConversationHost;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
}

/** The conversation of one call. */
export class CallConversation {
  readonly #parts: ConversationParts;
  #media: AgentMediaPath | undefined;
  #dialogue: Dialogue | undefined;
  #bridge: Bridge | undefined;
  readonly #seat: SessionSeat;
  /** Keys that were pressed before the dialogue began; null once it has. */
  #earlyDigits: string[] | null = [];

  constructor(parts: ConversationParts) {
    this.#parts = parts;
    this.#seat = createSessionSeat(parts);
  }

  /** The session it is journaled in, once it has one. */
  get session(): SessionHandle | undefined {
    return this.#seat.session;
  }

  /** Where a person of the desk may come on the line; undefined before there is somebody to talk with. */
  get bridge(): Bridge | undefined {
    return this.#dialogue ? this.#bridge : undefined;
  }

  /** What there is to tell of the person who was on the line; null when nobody was. */
  get human(): Bridge['human'] {
    return this.#bridge?.human ?? null;
  }

  /** Takes its place in a session, and lets the agent begin to think of its greeting. */
  async begin(session: SessionHandle, media: AgentMediaPath): Promise<void> {
    const { agent, notice, host } = this.#parts;
    this.#seat.reserve(session);
    this.#media = media;
    const dialogue = await this.#open();
    if (!dialogue) return;
    const begun = this.#seat.choose();
    this.#dialogue = dialogue;
    // Whatever the agent thinks of comes behind it.
    if (notice !== null) void dialogue.announce(notice, { interruptible: false });
    // Whoever has been greeted in the chat needn't be greeted again, but shall hear that somebody is there.
    const hasMet = begun.state.hasJoined;
    const greets = agent.settings.greeting && agent.mode === 'traditional';
    this.#seat.take({ greeting: greets && !hasMet });
    const isAgents = begun.state.floor.holder === 'agent';
    if (greets && hasMet && isAgents) void dialogue.announce(agent.phrases.goAhead, { interruptible: true });
    if (host.isActive()) this.#greet();
  }

  /** The caller can be heard for the first time. */
  connected(): void {
    const { agent, host } = this.#parts;
    const { maxCallMs } = agent.settings;
    if (maxCallMs > LAST_WARNING_MS) {
      host.after(maxCallMs - LAST_WARNING_MS, () => {
        void this.#dialogue?.announce(agent.phrases.oneMinuteLeft, { interruptible: true });
      });
    }
    host.after(maxCallMs, () => this.endWithWords('max_duration', agent.phrases.timeIsUp));
    if (this.#dialogue) this.#greet();
  }

  suspend(): void {
    this.#dialogue?.suspend();
  }

  resume(): void {
    this.#dialogue?.resume();
  }

  /** 20 ms of the caller; null when nothing came. */
  callerSaid(frame: Int16Array | null): void {
    this.#dialogue?.hear(frame);
    this.#bridge?.callerSaid(frame);
  }

  pressed(digit: string): void {
    if (this.#earlyDigits) this.#earlyDigits.push(digit);
    else this.#dialogue?.press(digit);
  }

  /** True when it is the agent's. */
  segmentStarted(segmentId: string): boolean {
    if (this.#bridge?.isPersons(segmentId)) return false;
    this.#dialogue?.segmentStarted(segmentId);
    return true;
  }

  segmentEnded(segmentId: string): void {
    this.#dialogue?.segmentEnded(segmentId);
    this.#moveWhenQuiet();
  }

  /** A session that is, or is to become, the call's has news. */
  sessionChanged(session: SessionHandle): void {
    if (session !== this.session) {
      this.#moveWhenQuiet();
      return;
    }
    this.#bridge?.sessionChanged();
    const { ended, call } = session.state;
    if (ended) {
      if (ended.reason === 'REASON_USER_END') this.#parts.host.end('user_close', { byCaller: false });
      else this.#endAfterWords('agent_hangup');
      return;
    }
    if (this.#dialogue && !call) {
      this.#hungUpByDesk(session);
      return;
    }
    this.#dialogue?.sessionChanged();
    this.#moveWhenQuiet();
  }

  /** A reply for the call makes progress. */
  replyRelayed(session: SessionHandle, news: ReplyNews): void {
    if (session === this.session) this.#dialogue?.replyRelayed(news);
  }

  /** Goes on in this session, from the next moment on in which nobody speaks. */
  moveTo(session: SessionHandle): void {
    this.#seat.want(session);
    this.#moveWhenQuiet();
  }

  /** Says goodbye in these words, then ends the call. */
  endWithWords(outcome: CallOutcome, words: string): void {
    const { host } = this.#parts;
    this.#bridge?.close();
    const end = (): void => host.end(outcome, { byCaller: false });
    if (!this.#dialogue || !host.isActive()) {
      end();
      return;
    }
    host.after(FAREWELL_MS, end);
    void this.#dialogue.announce(words, { interruptible: false }).then(() => this.#endAfterWords(outcome));
  }

  /** The call is over. Whoever asked for it while somebody spoke is told everything now. */
  close(): void {
    this.#bridge?.close();
    this.#dialogue?.close();
    if (this.#dialogue) this.#seat.move();
  }

  /** Undefined when the dialogue can't be had, or comes too late: then the call is over. */
  async #open(): Promise<Dialogue | undefined> {
    const { agent, host } = this.#parts;
    this.#bridge = this.#makeBridge();
    try {
      const dialogue = await agent.open(this.#dialogueHost(this.#bridge.mouth));
      if (host.isLive()) return dialogue;
      dialogue.close();
    } catch (error) {
      this.#dialogueFailed(error);
    }
    return undefined;
  }

  #makeBridge(): Bridge {
    const session = (): SessionHandle => this.session as SessionHandle;
    return createBridge({
      ...this.#parts,
      session,
      mouth: (this.#media as AgentMediaPath).mouth,
      callerRate: () => this.#dialogue?.rate ?? 16_000,
      unheard: (segmentId) => this.#dialogue?.segmentEnded(segmentId),
      announce: (text) => void this.#dialogue?.announce(text, { interruptible: true }),
      phrases: () => phrasesFor(session().state.language ?? this.#parts.agent.settings.language),
    });
  }

  #dialogueHost(mouth: Mouth): DialogueHost {
    const { callId, host, announcement } = this.#parts;
    const session = (): SessionHandle => this.session as SessionHandle;
    return {
      callId,
      get session() {
        return session();
      },
      mouth,
      insteadOfWaiting() {
        const { floor } = this.session.state;
        return floor.holder === 'queue' ? announcement(floor.queue) : null;
      },
      hangUp: (outcome) => this.#endAfterWords(outcome),
      failed: (error) => this.#dialogueFailed(error),
      measured: (what, valueMs) => host.measured(what, valueMs),
    };
  }

  #greet(): void {
    this.#parts.host.after(SILENCE_BEFORE_GREETING_MS, () => {
      this.#dialogue?.start();
      for (const digit of this.#earlyDigits ?? []) this.#dialogue?.press(digit);
      this.#earlyDigits = null;
    });
  }

  #dialogueFailed(error: unknown): void {
    const { host, agent, log, callId } = this.#parts;
    if (!host.isLive()) return;
    log.warn({ callId, err: error }, 'The dialogue of a call failed');
    if (host.heardAgent()) this.endWithWords('agent_failure', agent.phrases.apology);
    else host.fail(signalErrors.agentUnavailable, 'agent_failure');
  }

  /** The session goes on without the call. Nobody else knows of a session of the call's own. */
  #hungUpByDesk(session: SessionHandle): void {
    this.#parts.host.end('agent_hangup', { byCaller: false });
    if (session.info.door === 'voice') session.execute({ type: 'expire' });
  }

  /** Waits until the caller has heard what is being said, then ends the call. */
  #endAfterWords(outcome: CallOutcome): void {
    const { host } = this.#parts;
    const mouth = this.#media?.mouth;
    const wait = (): void => {
      if (mouth?.isSpeaking && host.isActive()) host.after(LOOK_MS, wait);
      else host.after((mouth?.lagMs ?? 0) + HANG_UP_MARGIN_MS, () => host.end(outcome, { byCaller: false }));
    };
    wait();
  }

  /** A call that finds its linked session late takes what was said along (voice spec, section 8.3). */
  #moveWhenQuiet(): void {
    if (!this.#dialogue || !this.#parts.host.isLive() || this.#media?.mouth.isSpeaking) return;
    if (this.#seat.isQuiet && this.#seat.move()) this.#dialogue.sessionChanged();
  }
}

// Joins a caller with a person of the desk: what one says the other hears, and the agent is silent. Who may be there is
// decided in the line's machine and stands in the session; here it is carried out.
import type { Clock, NewId, Timer, Timers } from '../../kit/index.ts';
import type { CallPerson, SessionHandle } from '../../messaging/index.ts';
import type { Mouth } from '../dialogue.ts';
import type { SpeechRate } from '../media/pcm.ts';
import { sentRate } from '../media/sender.ts';
import type { HumanStretch } from '../ports/call-records.ts';
import type { HousePhrases } from '../voice-settings.ts';
import { freeLine, isTalking, mayCome, stepLine } from './line.machine.ts';
import type { LegName, Line, LineAction, LineInput, LineNotice } from './line.machine.ts';
import { createLiveAudio } from './live-audio.ts';
import type { LiveAudio } from './live-audio.ts';
import { createQuietMouth } from './quiet-mouth.ts';

/** Who waits is told so again after this. */
const TELL_AGAIN_MS = 30_000;

/** A person's side, as the bridge needs it. */
export interface Leg {
  readonly legId: string;
  readonly person: CallPerson;
  /** The person is off the line: ends their call. */
  hangUp(): void;
}

/** What the bridge of a call needs of it. */
export interface BridgeParts {
  callId: string;
  /** The call's session; another one after a move. */
  session(): SessionHandle;
  /** What the caller hears. */
  mouth: Mouth;
  /** Of the caller's frames, once they come. */
  callerRate(): SpeechRate;
  /** A segment of the agent is over of which nothing was heard. */
  unheard: (segmentId: string) => void;
  /** Tells the caller something, in the voice of the house. */
  announce(text: string): void;
  /** What the house says, in the caller's language. */
  phrases(): HousePhrases;
  clock: Clock;
  timers: Timers;
  newId: NewId;
}

/** The bridge of one call; free most of the time. No method throws for what a leg or a desk does. */
export interface Bridge {
  /** What the agent speaks with. Nobody hears it while a person talks with the caller. */
  readonly mouth: Mouth;
  /** Keeps the line for a leg that is being connected. False: somebody else is there. */
  claim(leg: Leg): boolean;
  /** The leg can be spoken to. */
  connected(leg: Leg, mouth: Mouth): void;
  away(leg: Leg): void;
  back(leg: Leg): void;
  /** The leg is over; `lost`: nobody hung up. */
  gone(leg: Leg, how: 'left' | 'lost'): void;
  /** 20 ms of the caller. */
  callerSaid(frame: Int16Array | null): void;
  /** 20 ms of the person, mono, 24 kHz. */
  personSaid(leg: Leg, frame: Int16Array | null): void;
  /** Looks who has the call. Before the agent looks. */
  sessionChanged(): void;
  /** Whether a segment of the call's mouth is a person's speech. */
  isPersons(segmentId: string): boolean;
  /** Who was on the line and for how long; null: nobody was. */
  readonly human: HumanStretch | null;
  /** Whoever is on the line is off it; the agent is heard again. */
  close(): void;
}

/** Makes the bridge of a call. */
export function createBridge(parts: BridgeParts): Bridge {
  const { callId, clock, timers, newId } = parts;
  const agent = createQuietMouth(parts.mouth, parts.unheard);
  const legs = new Map<string, Leg>();
  const personIds = new Set<string>();
  const personsSegments = new Set<string>();
  let line: Line = freeLine;
  let personsMouth: Mouth | undefined;
  let toCaller: LiveAudio | undefined;
  let toPerson: LiveAudio | undefined;
  let reminder: Timer | undefined;
  let openedMs: number | null = null;
  let onLineMs = 0;

  function step(input: LineInput): void {
    const before = line;
    const { line: after, actions } = stepLine(line, input);
    line = after;
    keepTime();
    if (isTalking(before) !== isTalking(after)) connectVoices();
    if (after.at !== 'open' || isTalking(after)) stopReminding();
    for (const action of actions) carryOut(action);
  }

  function carryOut(action: LineAction): void {
    switch (action.do) {
      case 'take':
        take(action.leg);
        break;
      case 'release':
        parts.session().execute({ type: 'call-released', callId, personId: action.leg.personId });
        break;
      case 'hang-up':
        hangUp(action.leg);
        break;
      case 'say':
        say(action.notice);
        break;
    }
  }

  function take({ legId, personId }: LegName): void {
    const leg = legs.get(legId);
    if (!leg) return;
    personIds.add(personId);
    parts.session().execute({ type: 'call-taken', callId, person: leg.person });
    look();
  }

  function look(): void {
    const { floor, call } = parts.session().state;
    step({ kind: 'session', floor: floor.holder, person: call?.callId === callId ? call.person : null });
  }

  function hangUp({ legId }: LegName): void {
    const leg = legs.get(legId);
    legs.delete(legId);
    leg?.hangUp();
  }

  function connectVoices(): void {
    toCaller?.close();
    toPerson?.close();
    toCaller = undefined;
    toPerson = undefined;
    const talk = isTalking(line);
    agent.quiet(talk);
    if (!talk || !personsMouth) return;
    const segmentId = newId();
    personsSegments.add(segmentId);
    toCaller = createLiveAudio({ mouth: parts.mouth, segmentId, rate: sentRate });
    toPerson = createLiveAudio({ mouth: personsMouth, segmentId: newId(), rate: parts.callerRate() });
  }

  function keepTime(): void {
    const isOpen = line.at === 'open';
    if (isOpen) openedMs ??= clock.nowMs();
    if (isOpen || openedMs === null) return;
    onLineMs += clock.nowMs() - openedMs;
    openedMs = null;
  }

  function say(notice: LineNotice): void {
    const words = wordsOf(notice, parts.phrases());
    parts.announce(words);
    if (notice === 'held') reminder ??= timers.every(TELL_AGAIN_MS, () => parts.announce(words));
  }

  function stopReminding(): void {
    reminder?.cancel();
    reminder = undefined;
  }

  return {
    mouth: agent.mouth,
    claim(leg) {
      const { legId, person } = leg;
      if (!mayCome(line, person.id)) return false;
      legs.set(legId, leg);
      step({ kind: 'claimed', leg: { legId, personId: person.id } });
      return true;
    },
    connected({ legId }, mouth) {
      // The floor may have gone to somebody else while the leg was being connected.
      look();
      if (!legs.has(legId)) return;
      personsMouth = mouth;
      step({ kind: 'connected', legId });
    },
    away: ({ legId }) => step({ kind: 'away', legId }),
    back: ({ legId }) => step({ kind: 'back', legId }),
    gone({ legId }, how) {
      legs.delete(legId);
      step({ kind: 'gone', legId, how });
    },
    callerSaid: (frame) => toPerson?.take(frame),
    personSaid({ legId }, frame) {
      if (line.at === 'open' && line.leg.legId === legId) toCaller?.take(frame);
    },
    sessionChanged: look,
    isPersons: (segmentId) => personsSegments.has(segmentId),
    get human() {
      if (personIds.size === 0) return null;
      const underWayMs = openedMs === null ? 0 : clock.nowMs() - openedMs;
      return { personIds: [...personIds], onLineMs: onLineMs + underWayMs };
    },
    close() {
      if (line.at === 'free') return;
      const { leg } = line;
      line = freeLine;
      keepTime();
      stopReminding();
      connectVoices();
      hangUp(leg);
    },
  };
}

function wordsOf(notice: LineNotice, phrases: HousePhrases): string {
  switch (notice) {
    case 'held':
      return phrases.onHoldByPerson;
    case 'left':
      return phrases.personLeft;
    case 'lost':
      return phrases.personLost;
    case 'next':
      return phrases.onHold;
  }
}

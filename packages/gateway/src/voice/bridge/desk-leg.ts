// A person's own call, by which they are on the line with a caller: its audio goes to the bridge, and so does its fate.
import type { CallPerson } from '../../messaging/index.ts';
import type { AgentMediaEvents, AgentMediaPath, MediaPath } from '../calls/media-path.ts';
import type { CallOutcome } from '../ports/call-records.ts';
import type { Bridge, Leg } from './bridge.ts';

/** What a leg needs of its call. */
export interface DeskLegParts {
  callId: string;
  person: CallPerson;
  /** Of the caller. */
  bridge: Bridge;
  /** Ends the person's call. */
  hangUp: () => void;
  /** The audio crashed. */
  broke: (error: unknown) => void;
}

/** A leg, from its offer to its end. */
export interface DeskLeg {
  /** Keeps the line. False: somebody else is there. */
  claim(): boolean;
  /** What its audio path tells of. */
  readonly mediaEvents: AgentMediaEvents;
  /** The audio path, by which the bridge learns when the person can be spoken to. */
  pathOver(path: AgentMediaPath): MediaPath;
  /** The person's call is over. */
  ended(outcome: CallOutcome | null): void;
}

/** Makes the leg of a person's call. */
export function createDeskLeg({ callId, person, bridge, hangUp, broke }: DeskLegParts): DeskLeg {
  const leg: Leg = { legId: callId, person, hangUp };
  return {
    claim: () => bridge.claim(leg),
    mediaEvents: {
      frame: (frame) => bridge.personSaid(leg, frame),
      // What a person presses is for nobody.
      digit() {},
      segmentStarted() {},
      segmentEnded() {},
      broke,
    },
    pathOver: (path) => ({
      take: (packet) => path.take(packet),
      renegotiated: (audio) => path.renegotiated(audio),
      start() {
        path.start();
        bridge.connected(leg, path.mouth);
      },
      pause() {
        path.pause();
        bridge.away(leg);
      },
      resume() {
        path.resume();
        bridge.back(leg);
      },
      figures: () => path.figures(),
      close: () => path.close(),
    }),
    ended: (outcome) => bridge.gone(leg, outcome === 'user_close' ? 'left' : 'lost'),
  };
}

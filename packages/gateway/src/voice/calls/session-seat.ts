// The place of a call in a session: takes it, and changes it for that of a session which is linked late.
import type { SessionHandle } from '../../messaging/index.ts';
import type { Offer } from '../signaling/read-offer.ts';
import type { VoiceAgent } from '../voice-agent.ts';

/** What a session is told of the call that takes its place in it. */
interface SeatParts {
  callId: string;
  offer: Pick<Offer, 'variantId' | 'build'>;
  agent: Pick<VoiceAgent, 'mode'>;
}

/** A call's place. */
export interface SessionSeat {
  /** The session of the call; undefined before there is one. */
  readonly session: SessionHandle | undefined;
  /** Nobody is about to say something in the session, and no person has it. */
  readonly isQuiet: boolean;
  /** Where the call is to have its place, unless another session is linked by then. */
  reserve(session: SessionHandle): void;
  /** Where the call has its place from now on: nothing was said yet, so a session that was linked meanwhile is better. */
  choose(): SessionHandle;
  /** The call begins in the session. `greeting`: the agent speaks first. */
  take(how: { greeting: boolean }): void;
  /** The call is to go on in this session. */
  want(session: SessionHandle): void;
  /** Goes there, with all that was said (voice spec, section 8.3). False when there is nowhere to go. */
  move(): boolean;
}

/** Makes the place of one call. */
export function createSessionSeat({ callId, offer, agent }: SeatParts): SessionSeat {
  let session: SessionHandle | undefined;
  let wanted: SessionHandle | undefined;

  function begin(how: { greeting: boolean; backfill: SessionHandle['transcript']['lines'] }): void {
    session?.execute({
      type: 'call-started',
      callId,
      answers: agent.mode === 'end-to-end' ? 'call' : 'agent',
      variantId: offer.variantId ?? null,
      build: offer.build ?? null,
      ...how,
    });
  }

  /** The session that was asked for last, if it may have a call. */
  function takeWanted(): SessionHandle | undefined {
    const next = wanted;
    wanted = undefined;
    return next && isFree(next) ? next : undefined;
  }

  return {
    get session() {
      return session;
    },
    get isQuiet() {
      const { turn, floor } = session?.state ?? {};
      // A person who talks with the caller, or is to, does so in the session that was handed over.
      return !turn && floor?.holder !== 'human' && floor?.holder !== 'queue';
    },
    reserve: (own) => void (session = own),
    choose() {
      const own = session as SessionHandle;
      const linked = takeWanted();
      if (!linked || linked === own) return own;
      session = linked;
      // Nobody else knows of a session of the call's own.
      if (own.info.door === 'voice') own.execute({ type: 'expire' });
      return linked;
    },
    take: ({ greeting }) => begin({ greeting, backfill: [] }),
    want(other) {
      if (other !== session) wanted = other;
    },
    move() {
      const from = session;
      const to = from && takeWanted();
      if (!from || !to) return false;
      session = to;
      const backfill = [...from.transcript.lines];
      from.execute({ type: 'call-moved', callId });
      begin({ greeting: false, backfill });
      return true;
    },
  };
}

/** Whether a session may have a call. */
function isFree({ state }: SessionHandle): boolean {
  return state.ended === null && state.call === null;
}

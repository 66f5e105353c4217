// Who is on the line with a caller in the agent's place. A person comes by a leg of their own: it is being connected, it
// is open, it is away for a moment, it is gone. Only one is there at a time.
import type { Floor } from '../../messaging/index.ts';

/** A person's side of the line. A person who comes again comes by another leg. */
export interface LegName {
  legId: string;
  personId: string;
}

/** The line of one call. */
export type Line =
  | { at: 'free' }
  /** `again`: the person was on the line a moment ago. */
  | { at: 'coming'; leg: LegName; again: boolean }
  /** `held`: the person has the caller wait; `away`: the person can't be reached at the moment. */
  | { at: 'open'; leg: LegName; held: boolean; away: boolean };

/** What happened. */
export type LineInput =
  | { kind: 'claimed'; leg: LegName }
  | { kind: 'connected' | 'away' | 'back'; legId: string }
  /** `lost`: nobody hung up. */
  | { kind: 'gone'; legId: string; how: 'left' | 'lost' }
  /** What the session says now. */
  | { kind: 'session'; person: { id: string; held: boolean } | null; floor: Floor['holder'] };

/** What the caller is told: that the person is back soon, has left the line, was lost, or that somebody else comes. */
export type LineNotice = 'held' | 'left' | 'lost' | 'next';

/** What is to be done. */
export type LineAction =
  /** The session is to know who talks with the caller, or that nobody does any more. */
  { do: 'take' | 'release'; leg: LegName } | { do: 'hang-up'; leg: LegName } | { do: 'say'; notice: LineNotice };

/** The line after what happened. */
export interface LineStep {
  line: Line;
  actions: LineAction[];
}

/** Nobody is there. */
export const freeLine: Line = { at: 'free' };

/** Whether caller and person hear each other. */
export function isTalking(line: Line): boolean {
  return line.at === 'open' && !line.held && !line.away;
}

/** Whether a person may come: nobody is there, or they are it themselves, with a leg that is worth nothing any more. */
export function mayCome(line: Line, personId: string): boolean {
  return line.at === 'free' || line.leg.personId === personId;
}

/** What follows. Whatever a former leg does changes nothing. */
export function stepLine(line: Line, input: LineInput): LineStep {
  const step = next(line, input);
  const falls = isTalking(line) && step.line.at === 'open' && !isTalking(step.line);
  return falls ? { ...step, actions: [...step.actions, { do: 'say', notice: 'held' }] } : step;
}

function next(line: Line, input: LineInput): LineStep {
  if (input.kind === 'claimed') return claimed(line, input.leg);
  if (line.at === 'free') return stay(line);
  if (input.kind === 'session') return sessionSays(line, input);
  if (input.legId !== line.leg.legId) return stay(line);
  switch (input.kind) {
    case 'connected':
      if (line.at === 'open') return stay(line);
      return { line: { ...line, at: 'open', held: false, away: false }, actions: [{ do: 'take', leg: line.leg }] };
    case 'away':
    case 'back':
      return line.at === 'open' ? { line: { ...line, away: input.kind === 'away' }, actions: [] } : stay(line);
    case 'gone':
      return gone(line, input.how);
  }
}

function claimed(line: Line, leg: LegName): LineStep {
  if (line.at === 'free') return { line: { at: 'coming', leg, again: false }, actions: [] };
  const again = line.at === 'open' || line.again;
  return { line: { at: 'coming', leg, again }, actions: [{ do: 'hang-up', leg: line.leg }] };
}

function gone(line: Exclude<Line, { at: 'free' }>, how: 'left' | 'lost'): LineStep {
  const { leg } = line;
  const release: LineAction = { do: 'release', leg };
  const wasThere = line.at === 'open' || line.again;
  // Who was away already is waited for already.
  const isKnown = line.at === 'open' && line.away && how === 'lost';
  if (!wasThere) return { line: freeLine, actions: [] };
  return { line: freeLine, actions: isKnown ? [release] : [release, { do: 'say', notice: how }] };
}

function sessionSays(
  line: Exclude<Line, { at: 'free' }>,
  { person, floor }: Extract<LineInput, { kind: 'session' }>,
): LineStep {
  const isTheirs = person?.id === line.leg.personId;
  const mayBe = floor === 'human' && (isTheirs || (line.at === 'coming' && !line.again));
  if (mayBe) return line.at === 'open' ? { line: { ...line, held: person?.held ?? false }, actions: [] } : stay(line);
  const waits = floor === 'human' || floor === 'queue';
  const wasThere = line.at === 'open' || line.again;
  return {
    line: freeLine,
    actions: [{ do: 'hang-up', leg: line.leg }, ...(waits && wasThere ? [{ do: 'say', notice: 'next' } as const] : [])],
  };
}

function stay(line: Line): LineStep {
  return { line, actions: [] };
}

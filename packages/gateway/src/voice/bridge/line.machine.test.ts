import { describe, expect, it } from 'vitest';
import { freeLine, isTalking, mayCome, stepLine } from './line.machine.ts';
import type { Line, LineInput } from './line.machine.ts';

const grace = { legId: 'g1', personId: 'grace' };
const again = { legId: 'g2', personId: 'grace' };
const noor = { legId: 'n1', personId: 'noor' };

const claimed = (leg = grace): LineInput => ({ kind: 'claimed', leg });
const connected = ({ legId } = grace): LineInput => ({ kind: 'connected', legId });
const away: LineInput = { kind: 'away', legId: 'g1' };
const back: LineInput = { kind: 'back', legId: 'g1' };
const left = ({ legId } = grace): LineInput => ({ kind: 'gone', legId, how: 'left' });
const lost = ({ legId } = grace): LineInput => ({ kind: 'gone', legId, how: 'lost' });
const session = (
  personId: string | null,
  { held = false, floor = 'human' }: { held?: boolean; floor?: 'human' | 'queue' | 'agent' | 'nobody' } = {},
): LineInput => ({ kind: 'session', person: personId === null ? null : { id: personId, held }, floor });

/** What was done in all these steps: `take g1`, `say held`. */
function run(...inputs: LineInput[]): { line: Line; done: string[] } {
  let line: Line = freeLine;
  const done: string[] = [];
  for (const input of inputs) {
    const step = stepLine(line, input);
    ({ line } = step);
    for (const action of step.actions) {
      done.push(action.do === 'say' ? `say ${action.notice}` : `${action.do} ${action.leg.legId}`);
    }
  }
  return { line, done };
}

const open = [claimed(), connected(), session('grace')];

describe('the line of a call', () => {
  it.each<[string, LineInput[], string[], string]>([
    ['a leg comes', [claimed()], [], 'coming'],
    ['it is connected', open, ['take g1'], 'talking'],
    ['it is connected twice', [...open, connected()], ['take g1'], 'talking'],
    ['it never comes to it', [claimed(), lost()], [], 'free'],
    ['the person leaves', [...open, left()], ['take g1', 'release g1', 'say left'], 'free'],
    ['the person is lost at once', [...open, lost()], ['take g1', 'release g1', 'say lost'], 'free'],
    ['the person is away', [...open, away], ['take g1', 'say held'], 'open'],
    ['and back', [...open, away, back], ['take g1', 'say held'], 'talking'],
    ['and lost: the caller waits already', [...open, away, lost()], ['take g1', 'say held', 'release g1'], 'free'],
    [
      'and left: the caller waits for nobody',
      [...open, away, left()],
      ['take g1', 'say held', 'release g1', 'say left'],
      'free',
    ],
    ['the caller is on hold', [...open, session('grace', { held: true })], ['take g1', 'say held'], 'open'],
    ['and the person away', [...open, session('grace', { held: true }), away], ['take g1', 'say held'], 'open'],
    [
      'and the person back: still on hold',
      [...open, away, session('grace', { held: true }), back],
      ['take g1', 'say held'],
      'open',
    ],
    [
      'and no longer',
      [...open, session('grace', { held: true }), session('grace')],
      ['take g1', 'say held'],
      'talking',
    ],
    ['the agent has the floor', [...open, session(null, { floor: 'agent' })], ['take g1', 'hang-up g1'], 'free'],
    ['it is over', [...open, session(null, { floor: 'nobody' })], ['take g1', 'hang-up g1'], 'free'],
    [
      'the caller waits again',
      [...open, session(null, { floor: 'queue' })],
      ['take g1', 'hang-up g1', 'say next'],
      'free',
    ],
    ['the chat was given away', [...open, session(null)], ['take g1', 'hang-up g1', 'say next'], 'free'],
    ['somebody else has it', [...open, session('noor')], ['take g1', 'hang-up g1', 'say next'], 'free'],
    ['the floor is lost on the way', [claimed(), session(null, { floor: 'queue' })], ['hang-up g1'], 'free'],
    ['nobody has the call on the way', [claimed(), session(null)], [], 'coming'],
    [
      'the same person comes again',
      [...open, claimed(again), connected(again), session('grace')],
      ['take g1', 'hang-up g1', 'take g2'],
      'talking',
    ],
    [
      'and the chat is given away on the way',
      [...open, claimed(again), session(null)],
      ['take g1', 'hang-up g1', 'hang-up g2', 'say next'],
      'free',
    ],
    [
      'and never connects',
      [...open, claimed(again), lost(again)],
      ['take g1', 'hang-up g1', 'release g2', 'say lost'],
      'free',
    ],
  ])('%s', (_what, inputs, done, at) => {
    const end = run(...inputs);
    expect(end.done).toEqual(done);
    expect(isTalking(end.line) ? 'talking' : end.line.at).toBe(at);
  });

  it.each([connected(), away, back, left(), lost()])('a former leg changes nothing: %j', (input) => {
    const { line } = run(...open, claimed(again), connected(again));
    expect(stepLine(line, input)).toEqual({ line, actions: [] });
  });

  it.each([connected(), away, back, left(), session('grace'), session(null, { floor: 'agent' })])(
    'that is free stays free: %j',
    (input) => {
      expect(stepLine(freeLine, input)).toEqual({ line: freeLine, actions: [] });
    },
  );

  it('is for one person, who may come again', () => {
    for (const { line } of [run(claimed()), run(...open), run(...open, away)]) {
      expect([mayCome(line, 'grace'), mayCome(line, noor.personId)]).toEqual([true, false]);
    }
    expect(mayCome(run(...open, left()).line, 'noor')).toBe(true);
  });
});

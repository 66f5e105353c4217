// Whatever is asked of a session, in whatever order: what must stay true of its journal and its state.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, call, fails, join } from '../test/commands.ts';
import { unanswered, wrongIn } from '../test/journal-rules.ts';
import { PaperSession } from '../test/paper-session.ts';
import { randomSteps, take } from '../test/random-commands.ts';
import type { RandomStep } from '../test/random-commands.ts';
import type { SessionState } from './state.ts';

/** Other sequences with every run; a failure names its seed. */
const runs = { numRuns: 4000 };

/** The session after the steps; `look` is called after each. */
function sessionAfter(steps: readonly RandomStep[], look: (session: PaperSession) => void = () => {}): PaperSession {
  const session = new PaperSession();
  for (const step of steps) {
    take(session, step);
    look(session);
  }
  return session;
}

/** What is wrong with a state, by itself. */
function wrongWith({ floor, turn, waiting, openMessage, call, ended }: SessionState): string[] {
  const rules: Record<string, boolean> = {
    'a turn is open though the agent has not the floor': turn !== null && !floor.holder.startsWith('agent'),
    // A call may say something of its own, as when it asks whether somebody is still there.
    'a message is open without a turn': openMessage !== null && turn === null && call === null,
    'a call that answers by itself leaves a turn open': call?.answers === 'call' && turn !== null,
    'a person is on the line without the floor': Boolean(call?.person) && floor.holder !== 'human',
    'turns wait for nothing': waiting.length > 0 && turn === null && floor.holder === 'agent',
    'turns wait though a human has the floor': waiting.length > 0 && /queue|human/.test(floor.holder),
    'a turn waits twice': new Set([turn, ...waiting].map((each) => each?.id)).size !== waiting.length + 1,
    'an agent joins without a turn': floor.holder === 'agent-joining' && turn?.kind !== 'start',
    'something is left after the end':
      ended !== null &&
      (turn !== null || call !== null || waiting.length > 0 || openMessage !== null || floor.holder !== 'nobody'),
  };
  return Object.keys(rules).filter((rule) => rules[rule]);
}

/** Lets the agent answer everything it can, failing what a dead process left half said. */
function driveToCompletion(session: PaperSession): void {
  if (session.state.call) session.run(call.interrupted);
  const owed = (): boolean => session.state.turn !== null || session.state.waiting.length > 0;
  for (let turns = 0; owed() && turns < 200; turns++) {
    if (!session.state.turn) session.run(join);
    session.run(session.state.openMessage ? fails() : answered);
  }
}

/** As it would be stored: what is undefined is not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('whatever is asked of a session', { timeout: 60_000 }, () => {
  it('MSG-048 MSG-082 MSG-085 MSG-099 its journal keeps the rules', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        expect(wrongIn(sessionAfter(steps).journal)).toEqual([]);
      }),
      runs,
    );
  });

  it('at most one turn is open, and its state makes sense at every step', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        sessionAfter(steps, ({ state }) => expect(wrongWith(state)).toEqual([]));
      }),
      runs,
    );
  });

  it('MSG-061 every message is answered or failed in the end, unless a human has it or the session is over', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const session = sessionAfter(steps);
        driveToCompletion(session);
        expect(unanswered(session.journal)).toEqual([]);
        expect(wrongIn(session.journal)).toEqual([]);
        expect(session.state).toMatchObject({ turn: null, waiting: [], openMessage: null });
      }),
      runs,
    );
  });

  it('MSG-106 the stored text of its journal gives the same state, transcript and journal again', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const session = sessionAfter(steps);
        const before = plain([session.state, session.transcript.lines, session.journal]);
        session.reload();
        const after = plain([session.state, session.transcript.lines, session.journal]);
        expect(isDeepStrictEqual(after, before)).toBe(true);
      }),
      runs,
    );
  });

  it('turns that are not open can do nothing', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const session = new PaperSession();
        for (const step of steps) {
          const { state } = session;
          take(session, step);
          const late = step.turn !== 'open' && /^(agent|turn)-/.test(step.name);
          if (late) expect(session.state).toBe(state);
        }
      }),
      runs,
    );
  });
});

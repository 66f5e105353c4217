import { describe, expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import { never } from './test/turns.ts';
import { limitTurn, type TurnLimits } from './turn-limits.ts';

function limitsAt(time: FakeTime, signal: AbortSignal = never): TurnLimits {
  return limitTurn({ timers: time, signal, beginMs: 100, totalMs: 500 });
}

describe('the limits of a turn', () => {
  it('end an answer that does not begin', () => {
    const time = new FakeTime();
    const limits = limitsAt(time);
    time.advance(99);
    expect(limits.signal.aborted).toBe(false);
    time.advance(1);
    expect(limits.signal.reason).toMatchObject({ name: 'AgentError', code: 'no-reply' });
  });

  it('end an answer that goes on for too long', () => {
    const time = new FakeTime();
    const limits = limitsAt(time);
    limits.begun();
    time.advance(499);
    expect(limits.signal.aborted).toBe(false);
    time.advance(1);
    expect(limits.signal.reason).toMatchObject({ name: 'AgentError', code: 'broken' });
  });

  it('say why the turn is no longer wanted', () => {
    const controller = new AbortController();
    const limits = limitsAt(new FakeTime(), controller.signal);
    controller.abort(new Error('the user left'));
    expect(limits.signal.reason).toEqual(new Error('the user left'));
  });

  it('abort what still runs when the turn is over, and wait no longer', () => {
    const time = new FakeTime();
    const limits = limitsAt(time);
    limits.end();
    expect(limits.signal.aborted).toBe(true);
    expect(limits.signal.reason).not.toMatchObject({ name: 'AgentError' });
  });
});

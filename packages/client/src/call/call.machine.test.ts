import { describe, expect, it } from 'vitest';
import type { CallProblem } from './call-problem.ts';
import { isUnderWay, stepCall } from './call.machine.ts';
import type { CallInput, CallState } from './call.machine.ts';

const nowMs = 100_000;
const facts = { nowMs, relay: 'missing' } as const;
const asking: CallState = { at: 'asking-microphone' };
const connecting: CallState = { at: 'connecting', answered: false, untilMs: 130_000 };
const answered: CallState = { at: 'connecting', answered: true, untilMs: 130_000 };
const live: CallState = { at: 'live', sinceMs: 40_000 };
const reconnecting: CallState = { at: 'reconnecting', sinceMs: 40_000, untilMs: 110_000 };
const ended: CallState = { at: 'ended', by: 'agent', lastedMs: 1 };
const failed: CallState = { at: 'failed', problem: { code: 'lost' }, lastedMs: 1 };
const underWay = [asking, connecting, answered, live, reconnecting];

function step(state: CallState, input: CallInput): ReturnType<typeof stepCall> {
  return stepCall(state, input, facts);
}

function failure(problem: CallProblem, lastedMs = 0): ReturnType<typeof stepCall> {
  return { next: { at: 'failed', problem, lastedMs }, effects: [{ do: 'release' }] };
}

describe('making a call', () => {
  it('asks for the microphone first', () => {
    expect(step({ at: 'idle' }, { kind: 'start' })).toEqual({ next: asking, effects: [{ do: 'open-microphone' }] });
  });

  it('then has 30 s to connect', () => {
    expect(step(asking, { kind: 'microphone-open' })).toEqual({
      next: connecting,
      effects: [{ do: 'connect' }, { do: 'set-alarm', inMs: 30_000 }],
    });
  });

  it('an answer keeps the deadline', () => {
    expect(stepCall(connecting, { kind: 'answered' }, { ...facts, nowMs: 112_000 })).toEqual({
      next: answered,
      effects: [{ do: 'set-alarm', inMs: 18_000 }],
    });
  });

  it('is live with the first audio path', () => {
    expect(step(answered, { kind: 'media', is: 'connected' })).toEqual({
      next: { at: 'live', sinceMs: nowMs },
      effects: [],
    });
  });
});

describe('a call that can not be made', () => {
  it.each<[string, CallState, CallInput, CallProblem]>([
    [
      'no microphone',
      asking,
      { kind: 'microphone-failed', problem: { code: 'no-microphone' } },
      { code: 'no-microphone' },
    ],
    ['nobody to reach', connecting, { kind: 'unreachable' }, { code: 'unreachable' }],
    ['nobody who answers in time', connecting, { kind: 'alarm' }, { code: 'unreachable' }],
    ['no path in time', answered, { kind: 'alarm' }, { code: 'no-connection', relay: 'missing' }],
    ['no path at all', answered, { kind: 'media', is: 'failed' }, { code: 'no-connection', relay: 'missing' }],
  ])('%s', (_what, state, input, problem) => {
    expect(step(state, input)).toEqual(failure(problem));
  });

  it('a refusal is kept as the server put it', () => {
    const refusal = { reason: 'UNAUTHORIZED', message: 'Invalid authentication token' };
    expect(step(connecting, { kind: 'refused', ...refusal })).toEqual(failure({ code: 'refused', ...refusal }));
  });

  it('an interruption before the first path is only waited out', () => {
    expect(step(answered, { kind: 'media', is: 'interrupted' })).toEqual({ next: answered, effects: [] });
  });
});

describe('an interrupted call', () => {
  it('waits a moment before it looks for a new path', () => {
    expect(step(live, { kind: 'media', is: 'interrupted' })).toEqual({
      next: { at: 'reconnecting', sinceMs: 40_000, untilMs: 130_000 },
      effects: [{ do: 'set-alarm', inMs: 1_500 }],
    });
  });

  it('looks at once when the path has failed', () => {
    expect(step(live, { kind: 'media', is: 'failed' })).toEqual({
      next: { at: 'reconnecting', sinceMs: 40_000, untilMs: 130_000 },
      effects: [{ do: 'restart-ice' }, { do: 'set-alarm', inMs: 6_000 }],
    });
    expect(step(reconnecting, { kind: 'media', is: 'failed' }).effects[0]).toEqual({ do: 'restart-ice' });
  });

  it('looks again every 6 s, the last time before its deadline', () => {
    expect(step(reconnecting, { kind: 'alarm' })).toEqual({
      next: reconnecting,
      effects: [{ do: 'restart-ice' }, { do: 'set-alarm', inMs: 6_000 }],
    });
    const late = stepCall(reconnecting, { kind: 'alarm' }, { ...facts, nowMs: 107_000 });
    expect(late.effects).toContainEqual({ do: 'set-alarm', inMs: 3_000 });
  });

  it('is lost at the deadline, having lasted as long as it did', () => {
    const late = stepCall(reconnecting, { kind: 'alarm' }, { ...facts, nowMs: 110_000 });
    expect(late).toEqual(failure({ code: 'lost' }, 70_000));
  });

  it('goes on where it was, with its clock', () => {
    expect(step(reconnecting, { kind: 'media', is: 'connected' })).toEqual({ next: live, effects: [] });
  });

  it('another network is a reason to look for a path, also for a live call', () => {
    expect(step(live, { kind: 'network-changed' })).toEqual({ next: live, effects: [{ do: 'restart-ice' }] });
    expect(step(reconnecting, { kind: 'network-changed' }).effects[0]).toEqual({ do: 'restart-ice' });
    expect(step(answered, { kind: 'network-changed' })).toEqual({ next: answered, effects: [] });
  });
});

describe('the end', () => {
  it.each(underWay.map((state) => [state.at, state] as const))('the caller can hang up while %s', (_at, state) => {
    const { next, effects } = step(state, { kind: 'hang-up' });
    expect(next).toMatchObject({ at: 'ended', by: 'caller' });
    expect(effects).toEqual([{ do: 'release' }]);
  });

  it('a close of the server is an end, not a failure', () => {
    expect(step(live, { kind: 'closed' })).toEqual({
      next: { at: 'ended', by: 'agent', lastedMs: 60_000 },
      effects: [{ do: 'release' }],
    });
  });

  it.each([live, reconnecting])('a server that does not know the call any more has lost it, while %o', (state) => {
    const refusal = { kind: 'refused', reason: 'HANDLER_ERROR', message: 'Session not found' } as const;
    expect(step(state, refusal)).toEqual(failure({ code: 'lost' }, 60_000));
    const { next } = step(state, { ...refusal, reason: 'AGENT_FAILURE' });
    expect(next).toMatchObject({ problem: { code: 'refused', reason: 'AGENT_FAILURE' } });
  });

  it('nothing happens after it', () => {
    const inputs: CallInput[] = [
      { kind: 'start' },
      { kind: 'microphone-open' },
      { kind: 'answered' },
      { kind: 'refused', reason: 'HANDLER_ERROR', message: '' },
      { kind: 'media', is: 'connected' },
      { kind: 'closed' },
      { kind: 'hang-up' },
      { kind: 'network-changed' },
      { kind: 'alarm' },
    ];
    for (const state of [ended, failed]) {
      expect(isUnderWay(state)).toBe(false);
      for (const input of inputs) expect(step(state, input)).toEqual({ next: state, effects: [] });
    }
  });
});

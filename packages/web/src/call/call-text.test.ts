import type { CallProblem, CallSnapshot, Quality } from '@parley/client';
import { describe, expect, it } from 'vitest';
import { callText, durationText, qualityDetail, qualityText } from './call-text.ts';

const poor: Quality = { grade: 'poor', lossPercent: 12.4, jitterMs: 60, rttMs: 480.2, mos: 2.2 };

function snapshot(state: CallSnapshot['state'], part: Partial<CallSnapshot> = {}): CallSnapshot {
  return { state, isMuted: false, hasMicrophone: true, ...part };
}

function failed(problem: CallProblem): { title: string; detail?: string | undefined } {
  return callText(snapshot({ at: 'failed', problem, lastedMs: 0 }), 'Ada');
}

describe('a call in words', () => {
  it('explains what the microphone is for before it is lent', () => {
    const { detail } = callText(snapshot({ at: 'asking-microphone' }), 'Ada');
    expect(detail).toMatch(/asks whether.*during the call only.*written down/);
  });

  it('says who hangs up', () => {
    expect(callText(snapshot({ at: 'ended', by: 'agent', lastedMs: 1 }), 'Ada').title).toBe('Ada has hung up');
    expect(callText(snapshot({ at: 'ended', by: 'caller', lastedMs: 1 }), 'Ada').title).toBe('You have hung up');
  });

  it('warns of what keeps the agent from hearing, the worst first', () => {
    const live = { at: 'live', sinceMs: 0 } as const;
    const detail = (part: Partial<CallSnapshot>): string | undefined => callText(snapshot(live, part), 'Ada').detail;
    expect(detail({})).toBeUndefined();
    expect(detail({ quality: poor })).toBe('Words may get lost on the way.');
    expect(detail({ quality: poor, isMuted: true })).toContain('muted');
    expect(detail({ isMuted: true, hasMicrophone: false })).toContain('microphone is gone');
  });

  it.each<[CallProblem, RegExp]>([
    [{ code: 'no-microphone' }, /Plug one in/],
    [{ code: 'microphone-busy' }, /Another program/],
    [{ code: 'microphone-refused' }, /settings beside the address/],
    [{ code: 'insecure-page' }, /https/],
    [{ code: 'unreachable' }, /online/],
    [{ code: 'no-connection', relay: 'missing' }, /no relay \(TURN\)/],
    [{ code: 'no-connection', relay: 'offered' }, /another network/],
    [{ code: 'no-connection', relay: 'unknown' }, /Try again/],
    [{ code: 'lost' }, /call Ada again/],
    [{ code: 'refused', reason: 'HANDLER_ERROR', message: 'Gateway busy' }, /^Gateway busy\. Try again in a moment/],
    [
      { code: 'refused', reason: 'UNAUTHORIZED', message: 'Invalid token' },
      /^Invalid token\. Trying again will not help/,
    ],
  ])('%o says what to do', (problem, detail) => {
    const text = failed(problem);
    expect(text.title).not.toBe('');
    expect(text.detail).toMatch(detail);
  });
});

describe('numbers of a call', () => {
  it.each([
    [-5, '0:00'],
    [7_900, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('%i ms are %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('quality has a word and a measure', () => {
    expect(qualityText(poor)).toBe('Poor connection');
    expect(qualityDetail(poor)).toBe('12 % lost, 480 ms there and back');
  });
});

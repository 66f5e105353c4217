import { describe, expect, it } from 'vitest';
import { stepDeskLink } from './desk-link.machine.ts';
import type { DeskLink, DeskLinkEffect, DeskLinkInput } from './desk-link.machine.ts';

const facts = { nowMs: 10_000, random: 0.5 };
const idle: DeskLink = { at: 'idle' };
const checking: DeskLink = { at: 'checking', attempt: 2 };
const opening: DeskLink = { at: 'opening', attempt: 2 };
const young: DeskLink = { at: 'open', attempt: 2, sinceMs: 9_000 };
const proven: DeskLink = { at: 'open', attempt: 2, sinceMs: 5_000 };
const waiting: DeskLink = { at: 'waiting', attempt: 2, untilMs: 12_000 };
const out: DeskLink = { at: 'signed-out' };
const closed: DeskLink = { at: 'closed' };

/** After so many failures in a row. */
const waitsAfter = (attempt: number): DeskLink => ({
  at: 'waiting',
  attempt,
  untilMs: facts.nowMs + 1000 * 2 ** (attempt - 1),
});
const alarm = (inMs: number): DeskLinkEffect => ({ do: 'set-alarm', inMs });
const fresh: DeskLink = { at: 'checking', attempt: 0 };
const drop: DeskLinkEffect = { do: 'drop' };
const check: DeskLinkEffect = { do: 'check' };

describe('the link to the desk', () => {
  it.each<[DeskLink, DeskLinkInput, DeskLink, DeskLinkEffect[]]>([
    [idle, { kind: 'start' }, fresh, [check]],
    [closed, { kind: 'start' }, fresh, [check]],
    [checking, { kind: 'checked', answer: 'signed-in' }, opening, [{ do: 'open' }, alarm(15_000)]],
    [checking, { kind: 'checked', answer: 'signed-out' }, out, []],
    [checking, { kind: 'checked', answer: 'no-answer' }, waitsAfter(3), [alarm(4000)]],
    [opening, { kind: 'opened' }, { at: 'open', attempt: 2, sinceMs: 10_000 }, []],
    [opening, { kind: 'socket-closed' }, waitsAfter(3), [alarm(4000)]],
    [opening, { kind: 'alarm' }, waitsAfter(3), [drop, alarm(4000)]],
    [young, { kind: 'socket-closed' }, waitsAfter(3), [alarm(4000)]],
    [proven, { kind: 'socket-closed' }, waitsAfter(1), [alarm(1000)]],
    [proven, { kind: 'silent' }, waitsAfter(1), [drop, alarm(1000)]],
    [waiting, { kind: 'alarm' }, checking, [check]],
    [waiting, { kind: 'retry' }, fresh, [check]],
    [out, { kind: 'signed-in' }, fresh, [check]],
    [young, { kind: 'signed-in' }, fresh, [drop, check]],
    [young, { kind: 'signed-out' }, out, [drop]],
    [waiting, { kind: 'signed-out' }, out, []],
    [opening, { kind: 'close' }, closed, [drop]],
    [waiting, { kind: 'close' }, closed, []],
  ])('%o, %o -> %o', (state, input, next, effects) => {
    expect(stepDeskLink(state, input, facts)).toEqual({ next, effects });
  });

  it.each<[DeskLink, DeskLinkInput]>([
    [young, { kind: 'start' }],
    [out, { kind: 'start' }],
    [opening, { kind: 'checked', answer: 'signed-in' }],
    [closed, { kind: 'opened' }],
    [closed, { kind: 'socket-closed' }],
    [waiting, { kind: 'silent' }],
    [young, { kind: 'alarm' }],
    [young, { kind: 'retry' }],
    [out, { kind: 'retry' }],
  ])('%o, %o -> nothing', (state, input) => {
    expect(stepDeskLink(state, input, facts)).toEqual({ next: state, effects: [] });
  });
});

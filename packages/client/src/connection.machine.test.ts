import { describe, expect, it } from 'vitest';
import type { ApiFailure } from './api-failure.ts';
import { backOffMs, stepConnection } from './connection.machine.ts';
import type { Connection, ConnectionInput } from './connection.machine.ts';

const facts = { nowMs: 100_000, random: 0.5, maxAttempts: 3 };
const opening: Connection = { at: 'opening', attempt: 0 };
const open: Connection = { at: 'open', attempt: 2, sinceMs: 99_000 };
const provenOpen: Connection = { at: 'open', attempt: 2, sinceMs: 10_000 };
const waiting: Connection = { at: 'waiting', attempt: 2, goal: 'socket', untilMs: 101_000 };
const busy: ApiFailure = { code: 'busy', message: 'Rate limit exceeded', canRetry: true, retryAfterMs: 12_000 };
const refused: ApiFailure = { code: 'refused', message: 'Failed to validate connector', canRetry: false };

function step(state: Connection, input: ConnectionInput): ReturnType<typeof stepConnection> {
  return stepConnection(state, input, facts);
}

describe('starting', () => {
  it('a new visitor gets a session first, then a socket', () => {
    const created = step({ at: 'idle' }, { kind: 'start', hasSession: false });
    expect(created).toEqual({
      next: { at: 'creating-session', attempt: 0 },
      effects: [{ do: 'create-session' }],
    });
    const { next, effects } = step(created.next, { kind: 'session-created' });
    expect(next).toEqual(opening);
    expect(effects[0]).toEqual({ do: 'open-socket' });
  });

  it('a remembered session gets its socket at once', () => {
    expect(step({ at: 'idle' }, { kind: 'start', hasSession: true }).next).toEqual(opening);
  });

  it('a refused connector is not asked again until the user wants it', () => {
    const gaveUp = step({ at: 'creating-session', attempt: 0 }, { kind: 'session-failed', failure: refused }).next;
    expect(gaveUp).toEqual({ at: 'gave-up', goal: 'session', failure: refused });
    expect(step(gaveUp, { kind: 'retry' }).effects).toEqual([{ do: 'create-session' }]);
  });

  it('a busy server is left alone as long as it asks for', () => {
    const { next } = step({ at: 'creating-session', attempt: 0 }, { kind: 'session-failed', failure: busy });
    expect(next).toEqual({ at: 'waiting', attempt: 1, goal: 'session', untilMs: 112_000 });
  });

  it('the last failure is kept when the attempts are used up', () => {
    const { next } = step({ at: 'creating-session', attempt: 3 }, { kind: 'session-failed', failure: busy });
    expect(next).toEqual({ at: 'gave-up', goal: 'session', failure: busy });
  });
});

describe('close codes', () => {
  it('1000 ends the conversation', () => {
    expect(step(open, { kind: 'socket-closed', code: 1000 })).toEqual({ next: { at: 'ended' }, effects: [] });
  });

  it('4001 means that the session is gone: a new one is made', () => {
    const { next, effects } = step(provenOpen, { kind: 'socket-closed', code: 4001 });
    expect(next).toEqual({ at: 'creating-session', attempt: 1 });
    expect(effects).toEqual([{ do: 'forget-session' }, { do: 'create-session' }]);
  });

  it('a server that keeps losing sessions is given time', () => {
    const { next } = step(open, { kind: 'socket-closed', code: 4001 });
    expect(next).toMatchObject({ at: 'waiting', goal: 'session', attempt: 3 });
  });

  it.each([1001, 1005, 1006, 1008, 1009, 1011, 1012, 1013, 4000, 4002, 4003])(
    '%i reconnects with the same session',
    (code) => {
      const { next } = step(provenOpen, { kind: 'socket-closed', code });
      expect(next).toMatchObject({ at: 'waiting', goal: 'socket', attempt: 1 });
    },
  );
});

describe('failed handshakes', () => {
  it('the server is asked why, since a browser does not say', () => {
    expect(step(opening, { kind: 'socket-closed', code: 1006 })).toEqual({
      next: { at: 'asking-why', attempt: 0 },
      effects: [{ do: 'ask-why' }],
    });
  });

  it('a session that is gone is replaced', () => {
    const { effects } = step({ at: 'asking-why', attempt: 0 }, { kind: 'asked-why', sessionGone: true });
    expect(effects).toEqual([{ do: 'forget-session' }, { do: 'create-session' }]);
  });

  it('any other reason is waited out, with the session kept', () => {
    const { next } = step({ at: 'asking-why', attempt: 0 }, { kind: 'asked-why', sessionGone: false });
    expect(next).toEqual({ at: 'waiting', attempt: 1, goal: 'socket', untilMs: 101_000 });
  });

  it('a handshake that never ends is dropped', () => {
    const { next, effects } = step(opening, { kind: 'alarm' });
    expect(effects[0]).toEqual({ do: 'close-socket', code: 4002 });
    expect(next).toMatchObject({ at: 'waiting', attempt: 1 });
  });
});

describe('reconnecting', () => {
  it('waits 1 s after the first failure and doubles up to 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backOffMs(failures, 0.5))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
  });

  it('spreads the wait by a fifth either way', () => {
    expect(backOffMs(1, 0)).toBe(800);
    expect(backOffMs(1, 0.999)).toBe(1200);
  });

  it('counts on when a socket is lost right after it opened', () => {
    expect(step(open, { kind: 'socket-closed', code: 1006 }).next).toMatchObject({ attempt: 3 });
  });

  it('gives up after the allowed number of failures', () => {
    const { next, effects } = step({ at: 'asking-why', attempt: 3 }, { kind: 'asked-why', sessionGone: false });
    expect(next).toEqual({ at: 'gave-up', goal: 'socket' });
    expect(effects).toEqual([]);
  });

  it('never gives up when the server allows any number', () => {
    const state: Connection = { at: 'asking-why', attempt: 500 };
    const unlimited = { ...facts, maxAttempts: 0 };
    const { next } = stepConnection(state, { kind: 'asked-why', sessionGone: false }, unlimited);
    expect(next).toMatchObject({ at: 'waiting', attempt: 501, untilMs: 130_000 });
  });

  it('a retry does not wait, and starts the count anew', () => {
    expect(step(waiting, { kind: 'retry' }).next).toEqual(opening);
    expect(step({ at: 'gave-up', goal: 'socket' }, { kind: 'retry' }).next).toEqual(opening);
  });

  it('the alarm ends the wait and keeps the count', () => {
    expect(step(waiting, { kind: 'alarm' }).next).toEqual({ at: 'opening', attempt: 2 });
  });

  it('a silent socket is dropped and replaced', () => {
    const { next, effects } = step(provenOpen, { kind: 'silent' });
    expect(effects[0]).toEqual({ do: 'close-socket', code: 4002 });
    expect(next).toMatchObject({ at: 'waiting', attempt: 1 });
  });
});

describe('the end', () => {
  it('an ended session closes its socket and stays ended', () => {
    const { next, effects } = step(open, { kind: 'session-ended' });
    expect(effects).toEqual([{ do: 'close-socket', code: 1000 }]);
    for (const kind of ['retry', 'alarm', 'silent'] as const) expect(step(next, { kind }).next).toBe(next);
  });

  it('starting over leaves the session behind, from anywhere', () => {
    expect(step(open, { kind: 'start-over' }).effects).toEqual([
      { do: 'close-socket', code: 1000 },
      { do: 'forget-session' },
      { do: 'create-session' },
    ]);
    expect(step({ at: 'ended' }, { kind: 'start-over' }).next).toEqual({ at: 'creating-session', attempt: 0 });
  });

  it('closing keeps the session and lets go of the socket', () => {
    expect(step(open, { kind: 'close' })).toEqual({
      next: { at: 'closed' },
      effects: [{ do: 'close-socket', code: 1000 }],
    });
  });
});

describe('late news', () => {
  it('answers that nobody waits for any more change nothing', () => {
    const late: ConnectionInput[] = [
      { kind: 'session-created' },
      { kind: 'session-failed', failure: busy },
      { kind: 'opened' },
      { kind: 'asked-why', sessionGone: true },
      { kind: 'socket-closed', code: 4001 },
    ];
    for (const input of late) expect(step(waiting, input)).toEqual({ next: waiting, effects: [] });
  });
});

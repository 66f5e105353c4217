import { describe, expect, it } from 'vitest';
import { isReadable } from './admission.ts';
import { sessionAt } from './test/floors.ts';
import { paperTimeMs } from './test/paper-session.ts';

const at = (afterMs: number): Parameters<typeof isReadable>[1] => ({
  nowMs: paperTimeMs + afterMs,
  endedReplayMs: 600_000,
});

describe('a session', () => {
  it('can be read while it lives, however old it is', () => {
    expect(isReadable(sessionAt('agent idle').state, at(1e12))).toBe(true);
  });

  it('can be read for a while after its end', () => {
    const { state } = sessionAt('ended');
    expect(isReadable(state, at(599_999))).toBe(true);
    expect(isReadable(state, at(600_000))).toBe(false);
  });

  it('MSG-102 cannot be read once it was abandoned', () => {
    const session = sessionAt('agent idle');
    session.run({ type: 'expire' });
    expect(isReadable(session.state, at(0))).toBe(false);
  });
});

import type { Connection, ParleySnapshot, Timeline } from '@parley/client';
import { describe, expect, it } from 'vitest';
import { connectionBadge, connectionBanner } from './connection-text.ts';

const capabilities = {
  streaming: true,
  maxMessageSizeBytes: 131_072,
  maxReconnectAttempts: 5,
  heartbeatIntervalSeconds: 30,
};
const timeline: Timeline = { items: [], suggestions: [], handoff: { at: 'none' }, agentRequested: true };

function at(connection: Connection, talked = true): ParleySnapshot {
  return {
    status: 'active',
    connection,
    timeline: talked ? { ...timeline, capabilities } : timeline,
    pending: [],
    lostSession: false,
  };
}

const waiting: Connection = { at: 'waiting', attempt: 2, goal: 'socket', untilMs: 10_000 };

describe('connection banner', () => {
  it('counts down to the next try and offers to try now', () => {
    expect(connectionBanner(at(waiting), 6_000)).toEqual({
      text: 'Connection lost. Trying again in 4 s',
      tone: 'busy',
      retryLabel: 'Retry now',
    });
    expect(connectionBanner(at(waiting), 9_900)?.text).toContain('in 1 s');
    expect(connectionBanner(at(waiting), 11_000)?.text).toContain('in 1 s');
  });

  it('does not speak of a loss before there was a connection', () => {
    expect(connectionBanner(at(waiting, false), 6_000)?.text).toBe("Can't reach the server. Trying again in 4 s");
  });

  it('a first connecting is no trouble, another one is', () => {
    expect(connectionBanner(at({ at: 'opening', attempt: 0 }), 0)).toBeUndefined();
    expect(connectionBanner(at({ at: 'opening', attempt: 1 }), 0)).toMatchObject({ tone: 'busy' });
  });

  it("giving up is told with the server's own words", () => {
    const failure = { code: 'refused', message: 'Failed to validate connector', canRetry: false } as const;
    const banner = connectionBanner(at({ at: 'gave-up', goal: 'session', failure }, false), 0);
    expect(banner?.text).toBe("Can't start the chat: Failed to validate connector");
    expect(banner?.retryLabel).toBe('Try again');
    expect(connectionBanner(at({ at: 'gave-up', goal: 'socket' }), 0)?.text).toContain('stopped trying');
  });

  it('is silent when all is well and when all is over', () => {
    expect(connectionBanner(at({ at: 'open', attempt: 0, sinceMs: 0 }), 0)).toBeUndefined();
    expect(connectionBanner(at({ at: 'ended' }), 0)).toBeUndefined();
  });
});

describe('connection badge', () => {
  it.each<[Connection, string]>([
    [{ at: 'idle' }, 'Connecting'],
    [{ at: 'creating-session', attempt: 0 }, 'Connecting'],
    [{ at: 'opening', attempt: 2 }, 'Reconnecting'],
    [{ at: 'open', attempt: 0, sinceMs: 0 }, 'Connected'],
    [waiting, 'Reconnecting'],
    [{ at: 'gave-up', goal: 'socket' }, 'Not connected'],
    [{ at: 'ended' }, 'Ended'],
  ])('%o is "%s"', (connection, text) => {
    expect(connectionBadge(at(connection)).text).toBe(text);
  });

  it('an ended conversation has ended, whatever its socket does', () => {
    expect(connectionBadge({ ...at(waiting), status: 'ended' }).text).toBe('Ended');
  });
});

import { expect, it } from 'vitest';
import { messagingSettings } from './messaging-settings.ts';

it('the messaging room is told every setting of the configuration, times in its own units', () => {
  const sessions = {
    tokenTtlSeconds: 1,
    idleTimeoutSeconds: 2,
    abandonedAfterSeconds: 3,
    endedReplaySeconds: 4,
    heartbeatIntervalSeconds: 5,
    maxReconnectAttempts: 6,
    maxConnections: 7,
    maxMessageBytes: 8,
    chunkIntervalMs: 9,
  };
  const limits = {
    tokensPerMinutePerAddress: 10,
    sessionsPerMinutePerToken: 11,
    sessionsPerMinutePerConnector: 12,
    requestsPerMinutePerConnector: 13,
    eventsPerSecondPerSession: 14,
    connectionsPerAddress: 15,
  };
  expect(messagingSettings({ sessions, limits })).toEqual({
    idleTimeoutMs: 2000,
    abandonedAfterMs: 3000,
    endedReplayMs: 4000,
    heartbeatIntervalSeconds: 5,
    maxReconnectAttempts: 6,
    maxConnections: 7,
    maxMessageBytes: 8,
    eventsPerSecond: 14,
    maxBufferedBytes: expect.any(Number),
  });
});

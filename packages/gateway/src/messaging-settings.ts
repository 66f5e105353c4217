// The configuration's words for the messaging room's settings.
import type { Config } from './config/index.ts';
import type { MessagingSettings } from './messaging/index.ts';

/** Bytes a slow reader may owe: a long replay fits, a client that stopped reading is noticed. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** Seconds become milliseconds. */
export function messagingSettings({ sessions, limits }: Pick<Config, 'sessions' | 'limits'>): MessagingSettings {
  return {
    idleTimeoutMs: sessions.idleTimeoutSeconds * 1000,
    abandonedAfterMs: sessions.abandonedAfterSeconds * 1000,
    endedReplayMs: sessions.endedReplaySeconds * 1000,
    heartbeatIntervalSeconds: sessions.heartbeatIntervalSeconds,
    maxReconnectAttempts: sessions.maxReconnectAttempts,
    maxConnections: sessions.maxConnections,
    maxMessageBytes: sessions.maxMessageBytes,
    eventsPerSecond: limits.eventsPerSecondPerSession,
    maxBufferedBytes: MAX_BUFFERED_BYTES,
  };
}

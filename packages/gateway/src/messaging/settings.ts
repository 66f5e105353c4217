// The settings of the messaging room. Times in milliseconds, sizes in bytes.

/** How sessions and their connections behave. */
export interface MessagingSettings {
  /** A session ends when no client was heard of for so long; a socket silent for so long is closed. */
  idleTimeoutMs: number;
  /** A session ends when nobody wrote anything for so long, heartbeats or not. */
  abandonedAfterMs: number;
  /** For so long an ended session can still be read. */
  endedReplayMs: number;
  heartbeatIntervalSeconds: number;
  maxReconnectAttempts: number;
  maxConnections: number;
  /** UTF-8 bytes of one message's text. */
  maxMessageBytes: number;
  /** Events a session may send per second (burst: five times as many); 0 for no limit. */
  eventsPerSecond: number;
  /** Bytes a slow reader may owe before it is sent away. */
  maxBufferedBytes: number;
}

// `sessions` and `limits`: how long things live, and how much of them there may be.
import { z } from 'zod';
import { amount, duration, whole } from './value-schemas.ts';

export interface SessionsConfig {
  /** Lifetime of access tokens. SDKs refresh them 300 s early, so it should be well above that. */
  tokenTtlSeconds: number;
  /** A session ends when no client frame arrives for so long. */
  idleTimeoutSeconds: number;
  /** A session ends when there is no message for so long, although heartbeats continue. */
  abandonedAfterSeconds: number;
  /** How long an ended session can still be read. */
  endedReplaySeconds: number;
  /** What clients are told. */
  heartbeatIntervalSeconds: number;
  /** What clients are told; 0 is without limit. */
  maxReconnectAttempts: number;
  /** Sockets per session. */
  maxConnections: number;
  /** UTF-8 bytes of a message's text. */
  maxMessageBytes: number;
  /** Streamed text goes out at most this often. */
  chunkIntervalMs: number;
}

export const sessionsSchema: z.ZodType<SessionsConfig> = z.strictObject({
  tokenTtlSeconds: whole(1).default(86_400),
  idleTimeoutSeconds: duration.default(600),
  abandonedAfterSeconds: duration.default(7200),
  endedReplaySeconds: amount(0).default(600),
  heartbeatIntervalSeconds: whole(1).default(30),
  maxReconnectAttempts: whole(0).default(5),
  maxConnections: whole(1).default(10),
  maxMessageBytes: whole(1).default(131_072),
  chunkIntervalMs: amount(0).default(30),
});

/** 0 turns a limit off. */
export interface LimitsConfig {
  tokensPerMinutePerAddress: number;
  sessionsPerMinutePerConnector: number;
  /** Bursts may be five times this. */
  eventsPerSecondPerSession: number;
  /** Sockets open at once. */
  connectionsPerAddress: number;
}

export const limitsSchema: z.ZodType<LimitsConfig> = z.strictObject({
  tokensPerMinutePerAddress: amount(0).default(120),
  sessionsPerMinutePerConnector: amount(0).default(6000),
  eventsPerSecondPerSession: amount(0).default(50),
  connectionsPerAddress: whole(0).default(200),
});

// `sessions` and `limits`: how long things live, and how much of them there may be.
import { z } from 'zod';
import { amount, duration, whole } from './value-schemas.ts';

export interface SessionsConfig {
  /** Lifetime of access tokens. SDKs refresh them 300 s early, so production has more than that. */
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

/** What clients can count on (messaging spec, section 2.6), and what frames and bodies have room for. */
const MAX_MESSAGE_BYTES = 131_072;

/** Times that must fit each other. */
type Times = Pick<SessionsConfig, 'idleTimeoutSeconds' | 'abandonedAfterSeconds' | 'heartbeatIntervalSeconds'>;

export const sessionsSchema: z.ZodType<SessionsConfig> = z
  .strictObject({
    tokenTtlSeconds: whole(1).default(86_400),
    idleTimeoutSeconds: duration.optional(),
    abandonedAfterSeconds: duration.optional(),
    endedReplaySeconds: amount(0).default(600),
    heartbeatIntervalSeconds: whole(1).optional(),
    maxReconnectAttempts: whole(0).default(5),
    maxConnections: whole(1).default(10),
    maxMessageBytes: whole(1, MAX_MESSAGE_BYTES).default(MAX_MESSAGE_BYTES),
    chunkIntervalMs: amount(0).default(30),
  })
  .transform((sessions) => ({ ...sessions, ...settledTimes(sessions) }))
  // One second is the least a client can be told.
  .refine(({ heartbeatIntervalSeconds: told, idleTimeoutSeconds: idle }) => told === 1 || told < idle, {
    path: ['heartbeatIntervalSeconds'],
    error: 'must be less than sessions.idleTimeoutSeconds',
  })
  .refine(({ abandonedAfterSeconds, idleTimeoutSeconds }) => abandonedAfterSeconds >= idleTimeoutSeconds, {
    path: ['abandonedAfterSeconds'],
    error: 'must be at least sessions.idleTimeoutSeconds',
  });

/** What isn't written gives way to what is. Three heartbeats fit into the idle timeout, if it has three seconds. */
function settledTimes(written: { [Key in keyof Times]?: number | undefined }): Times {
  const idleTimeoutSeconds = written.idleTimeoutSeconds ?? Math.min(600, written.abandonedAfterSeconds ?? 600);
  return {
    idleTimeoutSeconds,
    abandonedAfterSeconds: written.abandonedAfterSeconds ?? Math.max(7200, idleTimeoutSeconds),
    heartbeatIntervalSeconds:
      written.heartbeatIntervalSeconds ?? Math.max(1, Math.min(30, Math.floor(idleTimeoutSeconds / 3))),
  };
}

/** 0 turns a limit off. */
export interface LimitsConfig {
  tokensPerMinutePerAddress: number;
  sessionsPerMinutePerToken: number;
  sessionsPerMinutePerConnector: number;
  /** Of the Chat API, but for new conversations, and of verified context. */
  requestsPerMinutePerConnector: number;
  /** Bursts may be five times this. */
  eventsPerSecondPerSession: number;
  /** Sockets open at once. */
  connectionsPerAddress: number;
}

export const limitsSchema: z.ZodType<LimitsConfig> = z.strictObject({
  tokensPerMinutePerAddress: amount(0).default(120),
  sessionsPerMinutePerToken: amount(0).default(1200),
  sessionsPerMinutePerConnector: amount(0).default(6000),
  requestsPerMinutePerConnector: amount(0).default(60_000),
  eventsPerSecondPerSession: amount(0).default(50),
  connectionsPerAddress: whole(0).default(200),
});

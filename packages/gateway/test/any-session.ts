// A session that could be anybody's, and settings under which nothing expires while a test runs.
import type { MessagingSettings, NewSession } from '../src/messaging/index.ts';

/** What a session of no particular kind is created with. */
export const anySession: NewSession = {
  connectorId: 'shop-connector',
  account: 'acme',
  project: 'shop',
  agentId: 'ada',
  variantId: null,
  subject: 'user-1',
  door: 'messaging',
  channel: 'webchat.polyai',
  streaming: false,
  platform: 'ios',
  deviceType: 'mobile',
  userAgent: null,
  contextId: null,
};

/** A day of patience. */
export const patientSettings: MessagingSettings = {
  idleTimeoutMs: 86_400_000,
  abandonedAfterMs: 86_400_000,
  endedReplayMs: 600_000,
  heartbeatIntervalSeconds: 30,
  maxReconnectAttempts: 5,
  maxConnections: 10,
  maxMessageBytes: 131_072,
  eventsPerSecond: 0,
  maxBufferedBytes: 1_000_000,
};

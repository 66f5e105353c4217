// What is known of a session from its first moment and never changes.

/** The facts of a session's creation. */
export interface SessionInfo {
  id: string;
  connectorId: string;
  account: string;
  project: string;
  /** Key of the agent in the configuration. */
  agentId: string;
  variantId: string | null;
  /** Who may connect: the `sub` of the access token that created the session. */
  subject: string;
  /** Which door it came in by. */
  door: 'messaging' | 'chat-api' | 'voice';
  /** The channel as agents see it. */
  channel: string;
  streaming: boolean;
  platform: string;
  deviceType: string | null;
  userAgent: string | null;
  /** Opaque id for verified context; null when the feature is off. */
  contextId: string | null;
  createdMs: number;
}

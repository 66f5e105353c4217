// What the Chat API needs from its house.
import type { Log, Meter, Timers } from '../kit/index.ts';
import type { Sessions } from '../messaging/index.ts';
import type { ChatAccess } from './ports/chat-access.ts';
import type { ConversationIndex } from './ports/conversation-index.ts';

export interface ChatApiParts {
  sessions: Pick<Sessions, 'create' | 'open' | 'settings'>;
  access: ChatAccess;
  index: ConversationIndex;
  /** Whether there is such an agent, and such a variant of it. */
  hasAgent(agentId: string, variantId?: string): boolean;
  /** Limits new conversations, per connector id. */
  createLimit: { take(connectorId: string): { allowed: true } | { allowed: false; retryAfterSeconds: number } };
  /** For so long a request waits for its turn to end; 60,000 ms by default. */
  turnTimeoutMs?: number;
  timers: Timers;
  log: Log;
  meter: Meter;
}

// What the Chat API needs from its house.
import type { Log, Meter, Timers } from '../kit/index.ts';
import type { Sessions } from '../messaging/index.ts';
import type { ChatAccess } from './ports/chat-access.ts';
import type { ConversationIndex } from './ports/conversation-index.ts';
import type { ChatLimit } from './rate-guard.ts';

export interface ChatApiParts {
  sessions: Pick<Sessions, 'create' | 'open' | 'settings'>;
  access: ChatAccess;
  index: ConversationIndex;
  /** Whether there is such an agent, and such a variant of it. */
  hasAgent(agentId: string, variantId?: string): boolean;
  /** Limits new conversations, per connector id. */
  createLimit: ChatLimit;
  /** Limits everything else: per connector id, and per project where no connector is named. */
  requestLimit: ChatLimit;
  /** For so long a request waits for its turn to end; 60,000 ms by default. */
  turnTimeoutMs?: number;
  timers: Timers;
  log: Log;
  meter: Meter;
}

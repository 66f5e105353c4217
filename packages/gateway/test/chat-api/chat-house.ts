// The room with everything around it in memory: one account `acme` with two projects, time that stands still.

import { createChatApi } from '../../src/chat-api/index.ts';
import type { AccessRefusal, ChatAccess, ChatApi, ChatRequest, ConversationIndex } from '../../src/chat-api/index.ts';
import { countingIds, FakeTime, silentLog, silentMeter } from '../../src/kit/index.ts';
import type { Log } from '../../src/kit/index.ts';
import { Sessions } from '../../src/messaging/index.ts';
import type { MessagingSettings, SessionStore } from '../../src/messaging/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { ScriptedAgent } from './scripted-agent.ts';

const settings: MessagingSettings = {
  idleTimeoutMs: 600_000,
  abandonedAfterMs: 7_200_000,
  endedReplayMs: 600_000,
  heartbeatIntervalSeconds: 30,
  maxReconnectAttempts: 5,
  maxConnections: 10,
  maxMessageBytes: 1000,
  eventsPerSecond: 0,
  maxBufferedBytes: 1_000_000,
};

const STEP_MS = 1000;

/** Keys are `shop-key` and `bank-key`, the token is `token`. */
const access: ChatAccess = {
  async toConnector({ token, ...presented }) {
    const project = projectOf(presented);
    if ('refused' in project) return project;
    if (token !== 'token') return { refused: 'invalidToken' };
    return { ...project, connectorId: `${project.project}-connector`, agentId: 'ada' };
  },
  toProject: async (presented) => projectOf(presented),
};

function projectOf({ account, project, apiKey }: { account: string; project: string; apiKey: string | undefined }) {
  const refused = (why: AccessRefusal) => ({ refused: why });
  if (apiKey !== 'shop-key' && apiKey !== 'bank-key') return refused('invalidApiKey');
  if (account !== 'acme') return refused('accountNotFound');
  if (project !== 'shop' && project !== 'bank') return refused('projectNotFound');
  return apiKey === `${project}-key` ? { account, project } : refused('forbidden');
}

/** An answer with its body read. */
interface ReadAnswer {
  status: number;
  body: Record<string, unknown>;
  retryAfterSeconds?: number;
}

/** What is different in a test. */
export interface ChatHouseSettings {
  store?: SessionStore & ConversationIndex;
  /** Its one variant is `VARIANT-1`. */
  hasAgent?: boolean;
  /** New conversations that are let in. */
  creations?: number;
  log?: Log;
  idPrefix?: string;
}

/** A house. */
export interface ChatHouse {
  time: FakeTime;
  sessions: Sessions;
  store: SessionStore & ConversationIndex;
  /** Sends a body (as on the wire) to an operation. */
  ask(operation: keyof ChatApi, body?: object | string, request?: Partial<ChatRequest>): Promise<ReadAnswer>;
  /** Begins a conversation and answers its id. */
  begin(body?: object): Promise<string>;
  /** Lets time go by as it does: whatever falls due is done before the next is. */
  pass(ms: number): Promise<void>;
}

/** Opens a house in which the agent answers. */
export async function chatHouse(agent: ScriptedAgent, options: ChatHouseSettings = {}): Promise<ChatHouse> {
  const { store = createMemoryStore(), hasAgent = true, creations = 1000, log = silentLog } = options;
  const time = new FakeTime();
  const kit = { clock: time, timers: time, newId: countingIds(options.idPrefix ?? 'id'), log, meter: silentMeter };
  const sessions = new Sessions({ ...kit, store, settings, agentOf: () => ({ name: 'Ada' }) });
  sessions.add(agent);
  await sessions.start();
  let created = 0;
  const chatApi = createChatApi({
    ...kit,
    sessions,
    access,
    index: store,
    hasAgent: (_agentId, variantId = 'VARIANT-1') => hasAgent && variantId === 'VARIANT-1',
    createLimit: { take: () => (++created > creations ? { allowed: false, retryAfterSeconds: 7 } : { allowed: true }) },
    requestLimit: { take: () => ({ allowed: true }) },
  });

  async function ask(
    operation: keyof ChatApi,
    body: object | string = '',
    request: Partial<ChatRequest> = {},
  ): Promise<ReadAnswer> {
    const answer = await chatApi[operation]({
      accountId: 'acme',
      projectId: 'shop',
      apiKey: 'shop-key',
      connectorToken: 'token',
      bodyText: typeof body === 'string' ? body : JSON.stringify(body),
      query: new URLSearchParams(),
      correlationId: 'correlation-1',
      clientAddress: '192.0.2.1',
      ...request,
    });
    return { ...answer, body: JSON.parse(answer.body) as Record<string, unknown> };
  }

  return {
    time,
    sessions,
    store,
    ask,
    async begin(body) {
      const { body: created } = await ask('create', body);
      return String(created['conversation_id']);
    },
    async pass(ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
        time.advance(Math.min(STEP_MS, ms - passedMs));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

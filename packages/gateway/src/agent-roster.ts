// The agents of the configuration, made once: every agent, and each of its variants that differs from it.
import type { ChatAgent, ClosableAgent, RespondingAgent } from './agents/index.ts';
import { createAgent } from './agents/index.ts';
import type { AgentChanges, AgentConfig, AgentHandoffConfig, Config } from './config/index.ts';
import type { Clock, Log, Timers } from './kit/index.ts';
import type { AgentProfile, SessionInfo } from './messaging/index.ts';

/** An agent at work, and what others must know of it. */
interface RosterEntry extends RespondingAgent {
  profile: AgentProfile;
  /** What the configuration says of it, the changes of its variant or build made. */
  config: AgentConfig;
  /** What users are expected to say. */
  phrases: readonly string[];
}

/** Which agent a session has. */
export type AgentChoice = Pick<SessionInfo, 'agentId' | 'variantId'> & {
  /** A pinned build, by its name in the configuration. It comes before the variant. */
  build?: string | null;
};

/** Finds the agent of a session. */
export interface AgentRoster {
  has(agentId: string, variantId?: string): boolean;
  /** Undefined when the configuration no longer has the agent. A variant that is gone is the agent itself. */
  of(session: AgentChoice): RosterEntry | undefined;
  /** The agent as users see it, whether it is still there or not. */
  profileOf(session: AgentChoice): AgentProfile;
  close(): Promise<void>;
}

/** What agents are made with. `standIns` answer in place of the configured ones, by agent id. */
export interface RosterParts {
  clock: Clock;
  timers: Timers;
  log: Log;
  standIns?: Record<string, ChatAgent> | undefined;
}

/** Makes all agents. Throws what {@link createAgent} throws. */
export function createAgentRoster(config: Pick<Config, 'agents' | 'handoff'>, parts: RosterParts): AgentRoster {
  const entries = new Map<string, RosterEntry>();
  const made: ClosableAgent[] = [];

  function make(agentId: string, agent: AgentConfig): RosterEntry {
    const { agent: chatAgent, phrases } = standInFor(agentId) ?? makeAgent(agent);
    const profile = { name: agent.name, avatarUrl: agent.avatarUrl };
    return { agent: chatAgent, phrases, language: agent.language, profile, config: agent };
  }

  function standInFor(agentId: string): Pick<RosterEntry, 'agent' | 'phrases'> | undefined {
    const standIn = parts.standIns?.[agentId];
    return standIn && { agent: standIn, phrases: [] };
  }

  function makeAgent(agent: AgentConfig): Pick<RosterEntry, 'agent' | 'phrases'> {
    const created = createAgent(agent.chat, { ...parts, handoff: handoffDefaults(agent.handoff, config) });
    made.push(created);
    return { agent: created, phrases: created.phrases };
  }

  for (const [agentId, agent] of Object.entries(config.agents)) {
    entries.set(key(agentId), make(agentId, agent));
    for (const [variantId, changes] of Object.entries(agent.variants)) {
      entries.set(key(agentId, { variantId }), make(agentId, changed(agent, changes)));
    }
    for (const [build, changes] of Object.entries(agent.builds)) {
      entries.set(key(agentId, { build }), make(agentId, changed(agent, changes)));
    }
  }

  const of = ({ agentId, variantId, build }: AgentChoice): RosterEntry | undefined =>
    (build && entries.get(key(agentId, { build }))) ||
    (variantId && entries.get(key(agentId, { variantId }))) ||
    entries.get(key(agentId));
  return {
    has: (agentId, variantId) => entries.has(key(agentId, { variantId })),
    of,
    profileOf: (session) => of(session)?.profile ?? { name: session.agentId },
    async close() {
      await Promise.all(made.map((agent) => agent.close()));
    },
  };
}

function key(agentId: string, part: { variantId?: string | undefined; build?: string } = {}): string {
  return JSON.stringify([agentId, part.variantId ?? null, part.build ?? null]);
}

function changed(agent: AgentConfig, changes: AgentChanges): AgentConfig {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...agent, ...given };
}

/** What an agent's hand-offs say where the agent itself says nothing. */
export function handoffDefaults(
  handoff: AgentHandoffConfig,
  config: Pick<Config, 'handoff'>,
): { kind?: 'desk' | 'client'; queue?: string | undefined; route?: string | undefined } {
  if (handoff.kind === 'none') return {};
  const queue = handoff.queue === undefined ? undefined : (config.handoff.queues[handoff.queue]?.name ?? handoff.queue);
  if (handoff.kind === 'client') return { kind: 'client' as const, queue, route: handoff.route };
  return { kind: 'desk' as const, queue };
}

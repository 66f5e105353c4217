// Which desks of others the configuration names, and which of them an agent has.
import { agentParts } from './config/index.ts';
import type { AgentHandoffConfig, Config } from './config/index.ts';
import type { OtherDeskOptions } from './handoff/index.ts';

/** Desks by id: the place in the configuration, such as `concierge` or `concierge.variants.formal`. */
export interface ConfiguredDesks {
  options: ReadonlyMap<string, OtherDeskOptions>;
  /** The id of an agent's desk; undefined when the agent has Parley's own, or none. */
  idOf: (handoff: AgentHandoffConfig) => string | undefined;
}

/** The desks of all agents, variants and builds. What has no hand-off of its own shares its agent's. */
export function configuredDesks({ agents }: Pick<Config, 'agents'>): ConfiguredDesks {
  const options = new Map<string, OtherDeskOptions>();
  const ids = new Map<AgentHandoffConfig, string>();
  for (const { path, part } of agentParts(agents)) {
    const made = part.handoff && optionsOf(part.handoff);
    if (!part.handoff || !made) continue;
    const id = path.slice(1).join('.');
    options.set(id, made);
    ids.set(part.handoff, id);
  }
  return { options, idOf: (handoff) => ids.get(handoff) };
}

function optionsOf(handoff: AgentHandoffConfig): OtherDeskOptions | undefined {
  switch (handoff.kind) {
    case 'webhook':
      return handoff;
    case 'chatwoot': {
      const { accountId, apiAccessToken } = handoff;
      const notes = accountId !== undefined && apiAccessToken !== undefined ? { accountId, apiAccessToken } : undefined;
      return { ...handoff, notes };
    }
    case 'desk':
    case 'client':
    case 'none':
      return undefined;
  }
}

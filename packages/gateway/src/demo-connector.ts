// What the demo page is told.
import { DEMO_TOKEN } from './config/index.ts';
import type { Config } from './config/index.ts';
import type { Demo } from './http/index.ts';
import { hashToken } from './identity/index.ts';

/** The token that everybody knows and the agent behind it; undefined when no connector has that token. */
export function demoOf({ connectors, agents }: Pick<Config, 'connectors' | 'agents'>): Demo | undefined {
  const connector = connectors.find(({ tokens }) => tokens.includes(hashToken(DEMO_TOKEN)));
  return connector && { token: DEMO_TOKEN, agentName: agents[connector.agent]?.name ?? connector.agent };
}

// What the demo page is told.
import { DEMO_TOKEN, DEMO_WEB_CALLING_TOKEN } from './config/index.ts';
import type { Config } from './config/index.ts';
import type { Demo } from './http/index.ts';
import { hashToken } from './identity/index.ts';

/** The tokens that everybody knows and the agent behind it; undefined when no connector has that token. */
export function demoOf({ connectors, agents }: Pick<Config, 'connectors' | 'agents'>): Demo | undefined {
  const connector = connectors.find(({ tokens }) => tokens.includes(hashToken(DEMO_TOKEN)));
  if (!connector) return undefined;
  // A connector of one's own with the demo's token may have another token for calls; its connector token does as well.
  const canCall = connector.webrtcTokens.includes(hashToken(DEMO_WEB_CALLING_TOKEN));
  return {
    token: DEMO_TOKEN,
    webCallingToken: canCall ? DEMO_WEB_CALLING_TOKEN : DEMO_TOKEN,
    agentName: agents[connector.agent]?.name ?? connector.agent,
  };
}

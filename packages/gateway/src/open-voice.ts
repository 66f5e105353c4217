// Voice, as the configuration wants it.
import type { AgentRoster } from './agent-roster.ts';
import { callAccess } from './call-access.ts';
import type { CallAccessParts } from './call-access.ts';
import { callableAgents } from './callable-agents.ts';
import type { Config } from './config/index.ts';
import { createVoice } from './voice/index.ts';
import type { Voice, VoiceParts } from './voice/index.ts';

/** What voice is made of besides the configuration. */
interface Parts
  extends
    CallAccessParts,
    Pick<
      VoiceParts,
      'sessions' | 'records' | 'announcement' | 'voiceAgents' | 'clock' | 'timers' | 'newId' | 'log' | 'meter'
    > {
  roster: AgentRoster;
}

/** Opens voice; no port is taken before the first call. */
export function openVoice(config: Config, { roster, ...parts }: Parts): Voice {
  const { bindAddress, udpPort, portRange, publicIp, iceTcp, allowEcho, strictModes, maxConcurrentCalls, recording } =
    config.voice;
  return createVoice({
    ...parts,
    access: callAccess(parts),
    network: { bindAddress, udpPort, portRange, publicIp, iceTcp },
    agents: callableAgents(roster, config),
    strictModes,
    maxConcurrentCalls,
    recording,
    rules: {
      allowEcho,
      hasVariant: (agentId, variantId) => roster.has(agentId, variantId),
      findBuild: (agentId, wanted) => findBuild(config, agentId, wanted),
    },
  });
}

function findBuild(
  { agents }: Pick<Config, 'agents'>,
  agentId: string,
  wanted: { artifactVersion: string; lambdaDeploymentVersion: string },
): string | undefined {
  const builds = Object.entries(agents[agentId]?.builds ?? {});
  const found = builds.find(
    ([, build]) =>
      build.artifactVersion === wanted.artifactVersion &&
      build.lambdaDeploymentVersion === wanted.lambdaDeploymentVersion,
  );
  return found?.[0];
}

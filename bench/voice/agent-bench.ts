import { gatewayFlags } from '../server-process.ts';
// Calls with agents, without network: how many a core carries, what their stages cost, how steadily packets leave.
import type { AgentCalls } from './agent-calls.ts';
import { heard, startPart } from './child-process.ts';

/** What was measured. */
export interface AgentCost {
  callsPerCore: number;
  /** Of the frames, for want of time; on a machine that is busy with something else. */
  missedPercent: number;
  pacingP50Ms: number;
  pacingP99Ms: number;
  /** Microseconds of CPU for each 20 ms of a call; `all` is the sum. */
  frame: { all: number; receiving: number; detection: number; speaking: number };
}

/** How large a run is. */
export interface AgentLoad {
  calls: number;
  seconds: number;
}

/** Measures all stages, and what it costs to leave some out. */
export async function benchAgentCalls(load: AgentLoad): Promise<AgentCost> {
  const all = await hold(load, 'listening,speaking');
  const silent = await hold(load, 'listening');
  const deaf = await hold(load, 'receiving');
  if (all.speechShare === 0) throw new Error('the detector heard no speech');
  return {
    callsPerCore: 20_000 / all.cpuMicros,
    missedPercent: all.missedShare * 100,
    pacingP50Ms: all.p50Ms,
    pacingP99Ms: all.p99Ms,
    frame: {
      all: all.cpuMicros,
      receiving: deaf.cpuMicros,
      detection: silent.cpuMicros - deaf.cpuMicros,
      speaking: all.cpuMicros - silent.cpuMicros,
    },
  };
}

async function hold({ calls, seconds }: AgentLoad, parts: string): Promise<AgentCalls> {
  const part = startPart('agent-calls.ts', [calls, seconds, parts], gatewayFlags);
  return heard<AgentCalls>(part);
}

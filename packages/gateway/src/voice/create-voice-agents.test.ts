import { afterEach, describe, expect, it } from 'vitest';
import { silentLog, systemClock, systemTimers } from '../kit/index.ts';
import { createVoiceAgents } from './create-voice-agents.ts';
import type { CallableAgent } from './create-voice-agents.ts';
import type { VoiceAgents } from './voice-agent.ts';

const common: Omit<CallableAgent, 'traditional' | 'endToEnd'> = {
  settings: {
    language: 'en-US',
    greeting: true,
    interruption: { enabled: true, minSpeechMs: 90, onGreeting: true },
    endpointing: { minSilenceMs: 300, maxSilenceMs: 1000 },
    silence: { promptAfterMs: 10_000, maxPrompts: 3 },
    maxCallMs: 3_600_000,
    phrases: [],
  },
  instructions: 'Be brief.',
  handoff: { kind: 'desk', queue: '', route: '' },
  tools: async () => [],
};
const traditional: CallableAgent['traditional'] = { stt: { provider: 'local' }, tts: { provider: 'local' } };
const endToEnd: CallableAgent['endToEnd'] = { provider: 'openai-realtime', model: 'any', apiKey: 'none' };

const agents: Record<string, CallableAgent> = {
  both: { ...common, traditional, endToEnd },
  pipeline: { ...common, traditional },
  model: { ...common, endToEnd },
};
const open: VoiceAgents[] = [];

afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

/** The mode in which the agent answers; undefined: it doesn't. */
function modeOf(agentId: string, asked: 'traditional' | 'end-to-end', { strictModes = false } = {}) {
  const parts = { clock: systemClock, timers: systemTimers, newId: () => 'id', log: silentLog };
  const voices = createVoiceAgents({ of: (wanted) => agents[wanted.agentId] }, { ...parts, strictModes });
  open.push(voices);
  return voices.choose({ agentId }, asked)?.mode;
}

describe('a call', () => {
  it.each(['traditional', 'end-to-end'] as const)(
    'is answered in %s mode when it asks for it and can have it',
    (mode) => {
      expect(modeOf('both', mode)).toBe(mode);
      expect(modeOf('both', mode, { strictModes: true })).toBe(mode);
    },
  );

  it('is answered in the other mode by an agent that has no other', () => {
    expect(modeOf('pipeline', 'end-to-end')).toBe('traditional');
    expect(modeOf('model', 'traditional')).toBe('end-to-end');
  });

  it('is not answered at all then where modes are strict', () => {
    expect(modeOf('pipeline', 'end-to-end', { strictModes: true })).toBeUndefined();
    expect(modeOf('model', 'traditional', { strictModes: true })).toBeUndefined();
  });

  it('is not answered by an agent that is not there', () => {
    expect(modeOf('nobody', 'traditional')).toBeUndefined();
  });
});

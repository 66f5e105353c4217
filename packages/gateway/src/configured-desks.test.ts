import { describe, expect, it } from 'vitest';
import { createAgentRoster } from './agent-roster.ts';
import { readConfig } from './config/index.ts';
import type { AgentHandoffConfig, Config } from './config/index.ts';
import { configuredDesks } from './configured-desks.ts';
import { FakeTime, silentLog } from './kit/index.ts';

const webhook: AgentHandoffConfig = {
  kind: 'webhook',
  url: 'https://desk.test',
  secret: 's',
  timeoutMs: 1,
  maxTries: 2,
};
const chatwoot: AgentHandoffConfig = {
  kind: 'chatwoot',
  baseUrl: 'https://chatwoot.test',
  inboxIdentifier: 'inbox',
  webhookToken: 'a token of an inbox',
  accountId: 7,
  apiAccessToken: 'key',
  timeoutMs: 1,
  maxTries: 2,
};

function config(): Config {
  const read = readConfig({ PARLEY_SECRET: 'a secret' }, { cwd: '/', dryRun: true });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { demo } = read.config.agents;
  if (!demo) throw new Error('development has a demo agent');
  const variants = { plain: { name: 'Plain' }, formal: { handoff: chatwoot } };
  return { ...read.config, agents: { demo, other: { ...demo, handoff: webhook, variants } } };
}

describe('configuredDesks', () => {
  it('names desks by their place, and finds them again by what an agent has', async () => {
    const { options, idOf } = configuredDesks(config());
    const time = new FakeTime();
    const roster = createAgentRoster(config(), { clock: time, timers: time, log: silentLog });
    const deskOf = (agentId: string, variantId: string | null) => {
      const handoff = roster.of({ agentId, variantId })?.config.handoff;
      return handoff && idOf(handoff);
    };
    expect([...options.keys()]).toEqual(['other', 'other.variants.formal']);
    expect(deskOf('other', null)).toBe('other');
    expect(deskOf('other', 'plain')).toBe('other');
    expect(deskOf('other', 'formal')).toBe('other.variants.formal');
    expect(deskOf('demo', null)).toBeUndefined();
    await roster.close();
  });

  it('has private notes where there is a token for them', () => {
    const { options } = configuredDesks(config());
    expect(options.get('other.variants.formal')).toMatchObject({ notes: { accountId: 7, apiAccessToken: 'key' } });
  });
});

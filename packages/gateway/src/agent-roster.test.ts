import { describe, expect, it } from 'vitest';
import { createAgentRoster } from './agent-roster.ts';
import type { AgentTurn, ChatAgent, Piece } from './agents/index.ts';
import { readConfig } from './config/index.ts';
import type { AgentConfig, Config } from './config/index.ts';
import { FakeTime, silentLog } from './kit/index.ts';

const time = new FakeTime();
const parts = { clock: time, timers: time, log: silentLog };

/** The demo's configuration with its agent changed as wished. */
function configWith(changes: Partial<AgentConfig>): Config {
  const read = readConfig({ PARLEY_SECRET: 'a secret' }, { cwd: '/', dryRun: true });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { demo } = read.config.agents;
  if (!demo) throw new Error('development has a demo agent');
  return { ...read.config, agents: { demo: { ...demo, ...changes } } };
}

async function piecesOf(agent: ChatAgent | undefined, text: string): Promise<Piece[]> {
  const turn = { input: { kind: 'message', messageId: 'm1', text }, history: [], session: { context: {} } };
  const pieces: Piece[] = [];
  if (!agent) return pieces;
  const signal = new AbortController().signal;
  for await (const piece of agent.respond(turn as unknown as AgentTurn, signal)) pieces.push(piece);
  return pieces;
}

describe('createAgentRoster', () => {
  it('makes the agents of the configuration', async () => {
    const roster = createAgentRoster(configWith({}), parts);
    const session = { agentId: 'demo', variantId: null };
    expect([roster.has('demo'), roster.has('other')]).toEqual([true, false]);
    expect(roster.profileOf(session)).toEqual({ name: 'Ada' });
    expect(await piecesOf(roster.of(session)?.agent, 'opening hours')).toContainEqual({
      kind: 'text',
      text: expect.stringMatching(/open/i),
    });
    await roster.close();
  });

  it('changes for a variant what the variant says, and nothing else', () => {
    const roster = createAgentRoster(configWith({ variants: { french: { name: 'Adèle', language: 'fr-FR' } } }), parts);
    const french = roster.of({ agentId: 'demo', variantId: 'french' });
    expect([french?.profile.name, french?.language, french?.config.handoff.kind]).toEqual(['Adèle', 'fr-FR', 'desk']);
    expect([roster.has('demo', 'french'), roster.has('demo', 'german')]).toEqual([true, false]);
    expect(roster.of({ agentId: 'demo', variantId: 'german' })?.profile.name).toBe('Ada');
  });

  it('still has a name for an agent that is gone', () => {
    const roster = createAgentRoster(configWith({}), parts);
    const session = { agentId: 'gone', variantId: null };
    expect([roster.of(session), roster.profileOf(session)]).toEqual([undefined, { name: 'gone' }]);
  });

  it('lets a stand-in answer in place of a configured agent', () => {
    const standIn: ChatAgent = {
      async *respond() {
        yield { kind: 'text', text: 'It is me.' };
      },
    };
    const roster = createAgentRoster(configWith({}), { ...parts, standIns: { demo: standIn } });
    expect(roster.of({ agentId: 'demo', variantId: null })?.agent).toBe(standIn);
  });
});

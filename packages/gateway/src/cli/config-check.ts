// `parley config check`: says what a start would say, without starting.
import { parseArgs } from 'node:util';
import { AgentOptionsError, createAgent, ScriptError } from '../agents/index.ts';
import { agentParts, type ChatConfig, type Config } from '../config/index.ts';
import { silentLog, systemClock, systemTimers } from '../kit/index.ts';
import { Refusal, UsageError, type Command } from './command.ts';

export const configCheck: Command = {
  name: 'config check',
  parameters: '[<file>]',
  summary: 'Checks the environment and the configuration file: this one, or the one PARLEY_CONFIG names.',

  async run(args, world) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new UsageError('One file at a time, please.');
    const config = world.readConfig(file);
    const problems = await agentProblems(config);
    if (problems.length > 0) throw new Refusal(problems.join('\n'));
    const { environment, connectors, agents } = config;
    const counts = [`connectors: ${connectors.length}`, `agents: ${Object.keys(agents).length}`];
    await world.print(`The configuration is good (${[environment, ...counts].join(', ')}).`);
  },
};

/** What keeps agents from being made, one line each: mostly what is wrong with their scripts. */
async function agentProblems({ agents }: Config): Promise<string[]> {
  const lines = await Promise.all(
    agentParts(agents).map(async ({ path, part }) => {
      const problems = part.chat ? await chatProblems(part.chat) : [];
      return problems.map((problem) => `${path.join('.')}.chat: ${problem}`);
    }),
  );
  return lines.flat();
}

async function chatProblems(chat: ChatConfig): Promise<string[]> {
  try {
    await createAgent(chat, { clock: systemClock, timers: systemTimers, log: silentLog }).close();
    return [];
  } catch (error) {
    if (error instanceof ScriptError || error instanceof AgentOptionsError) return error.message.split('\n');
    throw error;
  }
}

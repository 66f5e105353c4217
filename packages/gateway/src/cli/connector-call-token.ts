// `parley connector call-token`: a token for calls that stops by itself.
import { parseArgs } from 'node:util';
import type { Config } from '../config/index.ts';
import { CallTokens, Connectors, type Connector } from '../identity/index.ts';
import { Refusal, UsageError, type Command } from './command.ts';
import { printSecrets } from './made-secrets.ts';
import { oneId } from './one-id.ts';
import { wholeNumber } from './whole-number.ts';
import { withStore } from './with-database.ts';

/** A day: whoever needs longer wants a web-calling token, which can be revoked. */
const MAX_MINUTES = 1440;

export const connectorCallToken: Command = {
  name: 'connector call-token',
  parameters: '<id> [--variant <variant>] [--minutes <number>] [options]',
  summary: 'Prints a token for calls that stops by itself.',
  options: [
    ['--variant <variant>', 'calls go to this variant of the agent, and to no other'],
    ['--build <build>', 'calls go to this build of the agent, and to no other'],
    ['--echo', 'may use the mode echo, to test a connection, where the configuration forbids it'],
    ['--minutes <number>', 'good for so long: 1 to 1440 (60)'],
    ['--json', 'prints JSON'],
  ],

  async run(args, world) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        variant: { type: 'string' },
        build: { type: 'string' },
        echo: { type: 'boolean', default: false },
        minutes: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
      },
    });
    const id = oneId(positionals, 'connector');
    const minutes = wholeNumber(values.minutes, '--minutes');
    if (minutes < 1 || minutes > MAX_MINUTES) throw new UsageError(`--minutes may be 1 to ${MAX_MINUTES}.`);
    await withStore(world, async ({ connectors: store }, config) => {
      const connectors = new Connectors({ configured: config.connectors, store, clock: world.clock });
      const connector = await connectors.byId(id);
      if (!connector) throw new Refusal(`There is no connector "${id}".`);
      const { variant: variantId, build, echo: mayEcho, json } = values;
      checkAgent(connector, { variantId, build }, config);
      const tokens = new CallTokens({ secrets: world.signingSecrets(), connectors, clock: world.clock });
      const callToken = await tokens.mint(connector, { ttlSeconds: minutes * 60, variantId, build, mayEcho });
      const sentence = `A token for calls through "${id}", good for ${minutes} min.`;
      await printSecrets(world, { sentence, id, secrets: { callToken }, json });
    });
  },
};

/** Throws {@link Refusal} when the connector's agent has no such variant or build. */
function checkAgent(
  { agent }: Connector,
  { variantId, build }: { variantId: string | undefined; build: string | undefined },
  { agents }: Config,
): void {
  const { variants = {}, builds = {} } = agents[agent] ?? {};
  if (variantId !== undefined && !Object.hasOwn(variants, variantId)) {
    throw new Refusal(`The agent "${agent}" has no variant "${variantId}" (${listed(variants)}).`);
  }
  if (build !== undefined && !Object.hasOwn(builds, build)) {
    throw new Refusal(`The agent "${agent}" has no build "${build}" (${listed(builds)}).`);
  }
}

function listed(named: object): string {
  return `there are: ${Object.keys(named).join(', ') || 'none'}`;
}

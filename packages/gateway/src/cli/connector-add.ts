// `parley connector add`: makes a connector and tells its token, once.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Config } from '../config/index.ts';
import { parseDomain, type Connector, type Host } from '../identity/index.ts';
import { Refusal, UsageError, type Command } from './command.ts';
import { hashList, makeSecrets, printSecrets } from './made-secrets.ts';
import { oneId } from './one-id.ts';
import { wholeNumber } from './whole-number.ts';
import { withStore } from './with-database.ts';

export const connectorAdd: Command = {
  name: 'connector add',
  parameters: '<id> [--agent <agent>] [--host <domain>]... [--app <namespace>]... [options]',
  summary: 'Makes a connector and prints its token.',
  options: [
    ['--agent <agent>', 'who answers: a key of agents in the configuration; may be left out when there is only one'],
    ['--host <domain>', 'a domain it may be used on, sub-domains included; may be repeated'],
    ['--app <namespace>', 'an app it may be used in, such as com.example.app; may be repeated'],
    ['--account <name>', 'whom its conversations belong to (default)'],
    ['--project <name>', 'and to which project (default)'],
    ['--api-key', 'makes a Chat API key too'],
    ['--call-token', 'makes a web-calling token too, good for calls only'],
    ['--check-origin', 'refuses browsers whose Origin is none of the domains'],
    ['--max-calls <number>', 'calls at the same time (100)'],
    ['--json', 'prints JSON'],
  ],

  async run(args, world) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const id = validId(oneId(positionals, 'connector'));
    const hosts = [...values.host.map(domainHost), ...values.app.map(appHost)];
    const maxConcurrentCalls = wholeNumber(values['max-calls'], '--max-calls');
    const {
      account,
      project,
      json,
      'api-key': apiKey,
      'call-token': webrtcToken,
      'check-origin': checkOrigin,
    } = values;
    await withStore(world, async ({ connectors }, config) => {
      const taken = config.connectors.some((one) => one.id === id) || (await connectors.find({ id })) !== undefined;
      if (taken) throw new Refusal(`There is a connector "${id}" already.`);
      const agent = chooseAgent(values.agent, config);
      const secrets = makeSecrets(world, { token: true, webrtcToken, apiKey });
      const hashes: Pick<Connector, 'tokens' | 'webrtcTokens' | 'apiKeys'> = {
        tokens: hashList(secrets.token),
        webrtcTokens: hashList(secrets.webrtcToken),
        apiKeys: hashList(secrets.apiKey),
      };
      await connectors.save({ id, ...hashes, account, project, hosts, checkOrigin, agent, maxConcurrentCalls });
      await printSecrets(world, { sentence: `Connector "${id}" is made.`, id, secrets, json });
    });
    if (hosts.length === 0 && !json) await world.print('It has no host yet, so messaging refuses it.');
  },
};

const options = {
  agent: { type: 'string' },
  host: { type: 'string', multiple: true, default: [] },
  app: { type: 'string', multiple: true, default: [] },
  account: { type: 'string', default: 'default' },
  project: { type: 'string', default: 'default' },
  'api-key': { type: 'boolean', default: false },
  'call-token': { type: 'boolean', default: false },
  'check-origin': { type: 'boolean', default: false },
  'max-calls': { type: 'string', default: '100' },
  json: { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

function validId(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)) return id;
  throw new UsageError('A connector is called by up to 64 letters, digits, dots, hyphens and underscores.');
}

function domainHost(value: string): Host {
  if (!parseDomain(value)) throw new UsageError(`"${value}" is no domain.`);
  return { kind: 'domain', value };
}

function appHost(value: string): Host {
  if (!value.trim()) throw new UsageError('--app needs a namespace such as com.example.app.');
  return { kind: 'app', value };
}

function chooseAgent(wanted: string | undefined, { agents }: Config): string {
  const known = Object.keys(agents);
  const [only] = known;
  if (wanted === undefined && only !== undefined && known.length === 1) return only;
  if (wanted === undefined) throw new UsageError(`Which agent? (--agent; there are: ${known.join(', ') || 'none'})`);
  if (known.includes(wanted)) return wanted;
  throw new Refusal(`There is no agent "${wanted}" (agents: ${known.join(', ') || 'none'}).`);
}

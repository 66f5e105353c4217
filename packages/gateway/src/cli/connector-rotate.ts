// `parley connector rotate`: a new token in place of the old one, which may go on working for a while.
import { parseArgs } from 'node:util';
import type { Connector } from '../identity/index.ts';
import type { Command } from './command.ts';
import { hashList, makeSecrets, printSecrets } from './made-secrets.ts';
import { durationMs } from './moment.ts';
import { oneId } from './one-id.ts';
import { storedConnector } from './stored-connector.ts';
import { withStore } from './with-database.ts';

export const connectorRotate: Command = {
  name: 'connector rotate',
  parameters: '<id> [--grace <duration>] [options]',
  summary: 'Makes a new token for a connector and prints it. The old one stops working.',
  options: [
    ['--grace <duration>', 'lets the old one work for so long: 90s, 15m, 24h, 7d'],
    ['--api-key', 'a new Chat API key instead of a new token'],
    ['--call-token', 'a new web-calling token instead of a new token'],
    ['--json', 'prints JSON'],
  ],

  async run(args, world) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        grace: { type: 'string', default: '0s' },
        'api-key': { type: 'boolean', default: false },
        'call-token': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const { 'api-key': apiKey, 'call-token': webrtcToken, json } = values;
    const id = oneId(positionals, 'connector');
    const graceMs = durationMs(values.grace, '--grace');
    await withStore(world, async ({ connectors }, config) => {
      const connector = await storedConnector(id, { config, connectors });
      const secrets = makeSecrets(world, { token: !apiKey && !webrtcToken, apiKey, webrtcToken });
      const fresh = {
        tokens: hashList(secrets.token),
        webrtcTokens: hashList(secrets.webrtcToken),
        apiKeys: hashList(secrets.apiKey),
      };
      await connectors.save(rotated(connector, fresh, { graceMs, nowMs: world.clock.nowMs() }));
      await printSecrets(world, { sentence: `Connector "${id}" is rotated.`, id, secrets, json });
    });
  },
};

type Hashes = Pick<Connector, 'tokens' | 'webrtcTokens' | 'apiKeys'>;

/** The connector with fresh hashes in front, where there are any, and the old ones for as long as they may stay. */
function rotated(connector: Connector, fresh: Hashes, time: { graceMs: number; nowMs: number }): Connector {
  const expiryMs = { ...connector.tokenExpiryMs };
  const replace = (list: keyof Hashes): string[] => {
    if (fresh[list].length === 0) return connector[list];
    for (const hash of connector[list])
      expiryMs[hash] = Math.min(expiryMs[hash] ?? Infinity, time.nowMs + time.graceMs);
    return [...fresh[list], ...connector[list]];
  };
  const lists = { tokens: replace('tokens'), webrtcTokens: replace('webrtcTokens'), apiKeys: replace('apiKeys') };
  const counts = (hash: string): boolean => (expiryMs[hash] ?? Infinity) > time.nowMs;
  return {
    ...connector,
    tokens: lists.tokens.filter(counts),
    webrtcTokens: lists.webrtcTokens.filter(counts),
    apiKeys: lists.apiKeys.filter(counts),
    tokenExpiryMs: Object.fromEntries(Object.entries(expiryMs).filter(([hash]) => counts(hash))),
  };
}

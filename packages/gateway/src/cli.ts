#!/usr/bin/env node
// The process of the command line: `parley <command>`.
import { randomBytes } from 'node:crypto';
import { Refusal, runCli, type World } from './cli/index.ts';
import { readConfig, type Config } from './config/index.ts';
import { silentLog, systemClock } from './kit/index.ts';
import { openStore } from './open-store.ts';
import { openSqliteArchive } from './store/index.ts';

const world: World = {
  print: (line) =>
    new Promise((resolve, reject) => {
      process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
    }),
  readConfig: (file) => configOf({ dryRun: true, ...(file && { file }) }),
  signingSecrets: () => configOf({}).secrets,
  async openStore(config) {
    const store = await openStore(config, silentLog);
    const { deskUsers, deliveries } = store;
    return { connectors: store, deskUsers, deliveries, close: () => store.close() };
  },
  openArchive: ({ database }) => openSqliteArchive(database.path),
  clock: systemClock,
  newSecret: () => randomBytes(24).toString('base64url'),
};

/** The configuration as the server reads it; a dry run leaves no trace. Throws {@link Refusal}. */
function configOf(options: { dryRun?: boolean; file?: string }): Config {
  const result = readConfig(process.env, { cwd: process.cwd(), ...options });
  if ('problems' in result) throw new Refusal(result.problems.join('\n'));
  return result.config;
}

// Whoever reads our output may have read enough (`parley sessions export | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), { world, complain: (text) => console.error(text) });

// The configuration of Parley under test: one connector, limits off, everything else as it comes.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const CONNECTOR_TOKEN = 'bench-connector-token';

/**
 * Writes a configuration into a new temporary folder, where the database will be, too; answers its path. `agent` is YAML
 * for `chat`; `disk` is where the folder is made.
 */
export async function writeParleyConfig(
  agent: string,
  disk: string = tmpdir(),
): Promise<{ file: string; directory: string }> {
  const directory = await mkdtemp(join(disk, 'parley-bench-'));
  const file = join(directory, 'parley.yaml');
  await writeFile(
    file,
    `demo: false
server: { host: 127.0.0.1, port: 0 }
secrets: [ "a-secret-of-the-bench-and-of-nothing-else" ]
database: { url: "file:${join(directory, 'bench.db')}" }
limits: { tokensPerMinutePerAddress: 0, sessionsPerMinutePerConnector: 0, eventsPerSecondPerSession: 0, connectionsPerAddress: 0 }
connectors:
  - { id: bench, token: ${CONNECTOR_TOKEN}, account: bench, project: bench, hosts: [ localhost ], agent: bench, maxConcurrentCalls: 1000 }
agents:
  bench:
    name: Bench
    chat: ${agent}
    handoff: { kind: desk, queue: general }
voice: { maxConcurrentCalls: 1000 }
handoff: { queues: { general: { name: "General Support", timeoutSeconds: 3600 } } }
log: { level: warn }
`,
  );
  return { file, directory };
}

// A command line to try commands on. It keeps what was printed; connectors are in memory, sessions in DATABASE_URL.
import { readConfig, type Env } from '../../config/index.ts';
import { Connectors } from '../../identity/index.ts';
import { FakeTime } from '../../kit/index.ts';
import { createMemoryStore, openSqliteArchive } from '../../store/index.ts';
import { Refusal, type World } from '../command.ts';
import { runCli, type ExitCode } from '../run-cli.ts';

/** What the server beside the command line signs with. */
export const SIGNING_SECRET = 'a secret for tests only, 32 chars';

/** What a command left behind. */
export interface Outcome {
  code: ExitCode;
  /** Lines of the standard output. */
  printed: string[];
  /** The standard error. */
  complaints: string;
}

/** A command line with one database for all its commands, and a server beside it that reads the same database. */
export class CommandLine {
  readonly time: FakeTime = new FakeTime();
  readonly store: ReturnType<typeof createMemoryStore> = createMemoryStore();
  readonly server: Connectors = new Connectors({ configured: [], store: this.store, clock: this.time });
  readonly #env: Env;
  #secrets = 0;
  #open = 0;

  constructor(env: Env = {}) {
    this.#env = env;
  }

  /** Runs `parley` with the words of a line; words in a list may hold spaces. */
  async run(line: string | string[]): Promise<Outcome> {
    const printed: string[] = [];
    const complaints: string[] = [];
    const args = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
    const complain = (text: string): void => void complaints.push(text);
    const code = await runCli(args, { world: this.#world(printed), complain });
    return { code, printed, complaints: complaints.join('\n') };
  }

  /** How many databases were opened and not closed again. */
  get openDatabases(): number {
    return this.#open;
  }

  #world(printed: string[]): World {
    return {
      print: async (text) => void printed.push(...text.split('\n')),
      readConfig: (file) => {
        const result = readConfig(this.#env, { cwd: '/nowhere', dryRun: true, ...(file && { file }) });
        if ('problems' in result) throw new Refusal(result.problems.join('\n'));
        return result.config;
      },
      signingSecrets: () => [SIGNING_SECRET],
      openStore: async () => {
        this.#open++;
        const { deskUsers, deliveries } = this.store;
        return { connectors: this.store, deskUsers, deliveries, close: async () => void this.#open-- };
      },
      openArchive: ({ database }) => openSqliteArchive(database.path),
      clock: this.time,
      newSecret: () => `secret-${++this.#secrets}`,
    };
  }
}

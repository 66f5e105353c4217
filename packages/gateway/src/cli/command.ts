// What a command of the command line is, and what it may use of the world.
import type { Config } from '../config/index.ts';
import type { DeliveryStore } from '../handoff/index.ts';
import type { ConnectorStore, DeskUserStore } from '../identity/index.ts';
import type { Clock } from '../kit/index.ts';
import type { Archive } from '../store/index.ts';

/** One command. */
export interface Command {
  /** The words that call it: `connector remove`. */
  name: string;
  /** What may follow them, as the usage shows it. */
  parameters: string;
  /** What it does, in one line. */
  summary: string;
  /** Options and what they mean, one per line. */
  options?: readonly [option: string, meaning: string][];
  /** Runs with the arguments after its name. Throws {@link Refusal}, {@link UsageError} and what parseArgs throws. */
  run(args: string[], world: World): Promise<void>;
}

/** What commands see of the world. */
export interface World {
  /** Writes a line to the standard output. Resolves when more may follow. */
  print(line: string): Promise<void>;
  /** Reads the configuration, from this file or from where the environment says. Throws {@link Refusal}. */
  readConfig(file?: string): Config;
  /** The secrets that the server signs tokens with; development makes one if need be. Throws {@link Refusal}. */
  signingSecrets(): readonly string[];
  /** Opens the database that the configuration names, making it if need be. */
  openStore(config: Config): Promise<OpenStore>;
  /** Opens the same to look at sessions, calls and deliveries. Writes nothing, beside a running server neither. */
  openArchive(config: Config): Archive;
  clock: Clock;
  /** Random text that makes a good secret, of letters, digits, hyphens and underscores. */
  newSecret(): string;
}

/** The database as commands use it. */
export interface OpenStore {
  connectors: ConnectorStore;
  deskUsers: DeskUserStore;
  deliveries: Pick<DeliveryStore, 'replay'>;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** Something that can't be done; the message tells the operator why, on one line or more. Exit code 1. */
export class Refusal extends Error {}

/** Arguments that make no sense. Exit code 2. */
export class UsageError extends Error {}

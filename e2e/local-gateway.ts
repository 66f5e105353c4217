// A gateway with a database of its own, in this process: it can go and come back on the same port.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, readConfig } from '@parley/gateway';
import type { Gateway } from '@parley/gateway';

/** A gateway that tests start and stop. */
export class LocalGateway {
  /** Where it runs, with its data. */
  readonly folder: string = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  readonly #file = join(this.folder, 'parley.yaml');
  #gateway: Gateway | undefined;
  #port = 0;

  /** What its configuration file says; a newcomer's says nothing. */
  constructor(settings: object = {}) {
    // JSON is YAML.
    writeFileSync(this.#file, JSON.stringify(settings));
  }

  get port(): number {
    return this.#port;
  }

  /** Starts it as a newcomer's `npm start` would; the second time with the port and the data of the first. */
  async start(): Promise<void> {
    const env = { PORT: String(this.#port), LOG_LEVEL: 'fatal', PARLEY_CONFIG: this.#file };
    const read = readConfig(env, { cwd: this.folder });
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    this.#gateway = await createGateway({ config: read.config });
    ({ port: this.#port } = await this.#gateway.listen());
  }

  /** Stops it at once; what it was doing is left to the next one. */
  async stop(): Promise<void> {
    await this.#gateway?.close();
    this.#gateway = undefined;
  }

  /** Stops it for good. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

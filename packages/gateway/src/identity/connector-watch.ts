// Notices when connectors in use are removed: the command line, a process of its own, does so at any time.
import type { Log, Timer, Timers } from '../kit/index.ts';
import type { Connectors } from './connectors.ts';

/** Between two looks. With what `Connectors` remembers, a removal is noticed within three seconds. */
const LOOK_MS = 2_000;

/** Looks for every connector that was asked for, again and again; there are few, and they stay. */
export class ConnectorWatch {
  readonly #connectors: Pick<Connectors, 'byId'>;
  readonly #log: Log;
  readonly #watched = new Map<string, { isThere: boolean }>();
  readonly #timer: Timer;
  #looking = false;
  #stopped = false;

  constructor(parts: { connectors: Pick<Connectors, 'byId'>; timers: Timers; log: Log }) {
    this.#connectors = parts.connectors;
    this.#log = parts.log;
    this.#timer = parts.timers.every(LOOK_MS, () => void this.#look());
  }

  /** The connector of this id, as it was at the last look; taken for present until the first. */
  watch(id: string): { readonly isThere: boolean } {
    const known = this.#watched.get(id);
    if (known) return known;
    const watched = { isThere: true };
    this.#watched.set(id, watched);
    return watched;
  }

  /** Looks no more. */
  stop(): void {
    this.#stopped = true;
    this.#timer.cancel();
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const [id, watched] of this.#watched) {
        watched.isThere = (await this.#connectors.byId(id)) !== undefined;
      }
    } catch (error) {
      // A store that closes while somebody looks is no news.
      if (!this.#stopped) this.#log.error({ err: error }, 'Connectors could not be looked for');
    } finally {
      this.#looking = false;
    }
  }
}

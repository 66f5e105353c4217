// What a visitor's window is shown, over all its connections: each begins where the one before ended, as in the SDKs.
import { decodeServerFrame } from '@parley/protocol';
import type { Envelope } from '@parley/protocol';
import { countingIds, silentLog, silentMeter } from '../../src/kit/index.ts';
import { Connections } from '../../src/messaging/index.ts';
import type { Connection, JournalEntry, LiveSession } from '../../src/messaging/index.ts';
import { patientSettings } from '../any-session.ts';
import type { DeskHouse } from './desk-house.ts';

/** A window with one connection at a time. */
export class VisitorWindow {
  /** Every event in the order of its arrival, and as often as it came; those of replays one by one. */
  readonly arrivals: Envelope[] = [];
  #connection: Connection | undefined;

  /** Connects after what was shown last. A connection to a process that is gone is forgotten. */
  connect(session: LiveSession, { time, store }: DeskHouse): void {
    const kit = { clock: time, timers: time, newId: countingIds('frame'), log: silentLog, meter: silentMeter };
    const connectors = { watch: () => ({ isThere: true }) };
    const connections = new Connections({ ...kit, store, settings: patientSettings, connectors });
    const socket = {
      bufferedBytes: 0,
      send: (frame: string): void => {
        if (this.#connection === connection) this.arrivals.push(...(decodeServerFrame(frame) ?? []));
      },
      close: () => connection.closed(),
      terminate() {},
    };
    const connection = connections.connect(session, socket, this.#cursor);
    this.#connection = connection;
  }

  goAway(): void {
    this.#connection?.closed();
    this.#connection = undefined;
  }

  /** What was shown of the journal goes from its first line on without a hole; a window that is there has it all. */
  wrongBy(journal: readonly JournalEntry[]): string[] {
    const shown = this.arrivals.flatMap(({ sequence, event }) => lineOf(sequence, event));
    const kept = journal.flatMap((entry) => (entry.sequence === null ? [] : lineOf(entry.sequence, entry.event)));
    const expected = this.#connection ? kept : kept.slice(0, shown.length);
    if (shown.join('\n') === expected.join('\n')) return [];
    return [`a visitor was shown ${shown.join(', ')} instead of ${expected.join(', ')}`];
  }

  get #cursor(): number {
    return Math.max(0, ...this.arrivals.map(({ sequence }) => sequence ?? 0));
  }
}

function lineOf(sequence: number | null, event: Envelope['event']): string[] {
  return sequence === null ? [] : [`${sequence} ${JSON.stringify(event)}`];
}

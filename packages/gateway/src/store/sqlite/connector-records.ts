// Keeps connectors as records, found by id or by the hash of any of their secrets.
import type { Database } from 'better-sqlite3';
import type { Connector } from '../../identity/index.ts';
import { connectorHashes, connectorRecord } from '../connector-record.ts';
import { StoreError } from '../store-error.ts';

/** The port of connectors, answered at once. */
export interface ConnectorRecords {
  find(by: { tokenSha256: string } | { id: string }): Connector | undefined;
  list(): Connector[];
  /** Throws `conflict` when one of the secrets belongs to another connector. */
  save(connector: Connector): void;
  remove(id: string): boolean;
}

/** Prepares the statements. */
export function createConnectorRecords(database: Database): ConnectorRecords {
  const byId = database.prepare<[string], string>('SELECT record FROM connectors WHERE id = ?').pluck();
  const byHash = database
    .prepare<[string], string>(
      'SELECT record FROM connectors JOIN connector_hashes ON connector_id = id WHERE sha256 = ?',
    )
    .pluck();
  const all = database.prepare<[], string>('SELECT record FROM connectors ORDER BY id').pluck();
  const upsert = database.prepare(
    'INSERT INTO connectors (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const deleteHashes = database.prepare('DELETE FROM connector_hashes WHERE connector_id = ?');
  const insertHash = database.prepare(
    'INSERT INTO connector_hashes (sha256, connector_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = database.prepare('DELETE FROM connectors WHERE id = ?');

  const save = database.transaction((connector: Connector) => {
    const { id } = connector;
    upsert.run(id, JSON.stringify(connectorRecord(connector)));
    deleteHashes.run(id);
    for (const sha256 of connectorHashes(connector)) {
      if (insertHash.run(sha256, id).changes > 0) continue;
      throw new StoreError('conflict', `connector ${id}: a token or key belongs to another connector`);
    }
  });
  const parse = (record: string): Connector => JSON.parse(record) as Connector;

  return {
    find(by) {
      const record = 'id' in by ? byId.get(by.id) : byHash.get(by.tokenSha256);
      return record === undefined ? undefined : parse(record);
    },
    list: () => all.all().map(parse),
    save: (connector) => save.immediate(connector),
    remove: (id) => remove.run(id).changes > 0,
  };
}

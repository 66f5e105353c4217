// The shape of the database, as the steps that led to it. A step that was released is never changed.

/** One step. Numbers rise by one from 1. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** All steps, in order. */
export const migrations: readonly Migration[] = [
  {
    number: 1,
    name: 'sessions, journal and connectors',
    // What an append costs is the pages it touches: a short key of their own makes sessions neighbours in the journal's
    // index. Keys are never given again. `info` holds all facts of a session; the columns before it are searched.
    sql: `
      CREATE TABLE sessions (
        session_key INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        connector_id TEXT NOT NULL,
        account TEXT NOT NULL,
        project TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        info TEXT NOT NULL,
        active_ms INTEGER NOT NULL,
        message_ms INTEGER NOT NULL,
        unfinished INTEGER NOT NULL,
        ended_ms INTEGER,
        context TEXT
      );
      CREATE INDEX sessions_by_creation ON sessions (created_ms, id);
      CREATE INDEX sessions_live ON sessions (session_key) WHERE ended_ms IS NULL;
      CREATE INDEX sessions_ended ON sessions (ended_ms) WHERE ended_ms IS NOT NULL;

      CREATE TABLE journal (
        session_key INTEGER NOT NULL REFERENCES sessions (session_key),
        position INTEGER NOT NULL,
        sequence INTEGER,
        at_ms INTEGER NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (session_key, position)
      );

      CREATE TABLE connectors (
        id TEXT PRIMARY KEY,
        record TEXT NOT NULL
      );
      CREATE TABLE connector_hashes (
        sha256 TEXT PRIMARY KEY,
        connector_id TEXT NOT NULL REFERENCES connectors (id) ON DELETE CASCADE
      );
      CREATE INDEX connector_hashes_by_connector ON connector_hashes (connector_id);
    `,
  },
  {
    number: 2,
    name: 'sessions by shared id',
    sql: `
      CREATE TABLE shared_ids (
        shared_id TEXT NOT NULL,
        session_key INTEGER NOT NULL REFERENCES sessions (session_key) ON DELETE CASCADE,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (shared_id, session_key)
      );
      CREATE INDEX shared_ids_by_session ON shared_ids (session_key);
    `,
  },
  {
    number: 3,
    name: 'sessions that are due',
    // Looked for every few seconds by the thread that writes, so it must not look at every live session.
    sql: `
      DROP INDEX sessions_live;
      CREATE INDEX sessions_by_activity ON sessions (active_ms) WHERE ended_ms IS NULL;
      CREATE INDEX sessions_by_message ON sessions (message_ms) WHERE ended_ms IS NULL;
      CREATE INDEX sessions_unfinished ON sessions (session_key) WHERE ended_ms IS NULL AND unfinished = 1;
    `,
  },
  {
    number: 4,
    name: 'the desk: cases, notes, people',
    sql: `
      CREATE TABLE desk_cases (
        id TEXT PRIMARY KEY,
        session_key INTEGER NOT NULL REFERENCES sessions (session_key) ON DELETE CASCADE,
        queue_id TEXT NOT NULL,
        joined_ms INTEGER,
        closed_ms INTEGER,
        record TEXT NOT NULL
      );
      CREATE INDEX desk_cases_by_session ON desk_cases (session_key);
      CREATE INDEX desk_cases_open ON desk_cases (id) WHERE closed_ms IS NULL;
      CREATE INDEX desk_cases_joined ON desk_cases (queue_id, joined_ms) WHERE joined_ms IS NOT NULL;

      CREATE TABLE desk_notes (
        id TEXT PRIMARY KEY,
        session_key INTEGER NOT NULL REFERENCES sessions (session_key) ON DELETE CASCADE,
        at_ms INTEGER NOT NULL,
        record TEXT NOT NULL
      );
      CREATE INDEX desk_notes_by_session ON desk_notes (session_key, at_ms);

      CREATE TABLE desk_users (
        id TEXT PRIMARY KEY,
        record TEXT NOT NULL
      );
      CREATE TABLE desk_sign_ins (
        token_sha256 TEXT PRIMARY KEY,
        user_id TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        expires_ms INTEGER NOT NULL
      );
    `,
  },
  {
    number: 5,
    name: 'records of calls',
    // `last_ms`: the end, or the beginning of a call whose end nobody wrote down.
    sql: `
      CREATE TABLE calls (
        call_id TEXT PRIMARY KEY,
        call_sid TEXT,
        project TEXT NOT NULL,
        started_ms INTEGER NOT NULL,
        last_ms INTEGER NOT NULL,
        record TEXT NOT NULL
      );
      CREATE INDEX calls_by_sid ON calls (call_sid) WHERE call_sid IS NOT NULL;
      CREATE INDEX calls_by_start ON calls (started_ms, call_id);
      CREATE INDEX calls_by_age ON calls (last_ms);
    `,
  },
  {
    number: 6,
    name: 'the bridge to other desks: cases, events, deliveries',
    // Deliveries that wait are looked for every few seconds.
    sql: `
      CREATE TABLE bridge_cases (
        id TEXT PRIMARY KEY,
        session_key INTEGER NOT NULL REFERENCES sessions (session_key) ON DELETE CASCADE,
        closed_ms INTEGER,
        record TEXT NOT NULL,
        remembered TEXT NOT NULL
      );
      CREATE INDEX bridge_cases_by_session ON bridge_cases (session_key);
      CREATE INDEX bridge_cases_open ON bridge_cases (id) WHERE closed_ms IS NULL;

      CREATE TABLE bridge_events (
        case_id TEXT NOT NULL REFERENCES bridge_cases (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        applied INTEGER NOT NULL,
        PRIMARY KEY (case_id, id)
      ) WITHOUT ROWID;

      CREATE TABLE bridge_deliveries (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL REFERENCES bridge_cases (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        status TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        record TEXT NOT NULL
      );
      CREATE INDEX bridge_deliveries_by_case ON bridge_deliveries (case_id, number);
      CREATE INDEX bridge_deliveries_by_age ON bridge_deliveries (created_ms);
      CREATE INDEX bridge_deliveries_waiting ON bridge_deliveries (case_id, number) WHERE status = 'waiting';
    `,
  },
];

// The log as a port. Fields carry the facts; the text is a fixed sentence. No token and no message text goes in.

/** Facts beside a log line. Ids and numbers, never what people wrote. */
export type LogFields = Record<string, unknown>;

/** Writes structured lines. */
export interface Log {
  debug(fields: LogFields, sentence: string): void;
  info(fields: LogFields, sentence: string): void;
  warn(fields: LogFields, sentence: string): void;
  error(fields: LogFields, sentence: string): void;
}

/** Writes nothing: for tests and tools. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

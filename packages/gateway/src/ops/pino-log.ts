// The log on pino: one JSON line per event on standard output, read by whatever collects logs.
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { Log } from '../kit/index.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Fields that never reach a log, whoever passes them by mistake, two levels deep. */
const SECRETS = ['token', 'accessToken', 'access_token', 'auth_token', 'apiKey', 'secret', 'authorization', 'text'];

/** Writes lines of `level` and above. `destination` is standard output unless a test says otherwise. */
export function pinoLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  const { level, destination = pino.destination({ fd: 1, sync: true }) } = options;
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({ level, base: null, redact: { paths, censor: '[redacted]' } }, destination);
}

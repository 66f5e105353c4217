// Counts what is logged as an error, so that somebody can be woken up.
import type { Log, Meter } from '../kit/index.ts';

/** The same log; its errors and warnings are counted. */
export function countedLog(log: Log, meter: Meter): Log {
  const lines = meter.counter({
    name: 'parley_log_lines_total',
    help: 'Errors and warnings that were logged',
    labels: ['level'],
  });
  return {
    debug: (fields, sentence) => log.debug(fields, sentence),
    info: (fields, sentence) => log.info(fields, sentence),
    warn(fields, sentence) {
      lines.add(1, { level: 'warn' });
      log.warn(fields, sentence);
    },
    error(fields, sentence) {
      lines.add(1, { level: 'error' });
      log.error(fields, sentence);
    },
  };
}

import { expect, it } from 'vitest';
import type { LogFields } from '../kit/index.ts';
import { countedLog } from './counted-log.ts';
import { promMeter } from './prom-meter.ts';

it('passes every line on and counts errors and warnings', async () => {
  const lines: [string, LogFields, string][] = [];
  const note = (level: string) => (fields: LogFields, sentence: string) => void lines.push([level, fields, sentence]);
  const meter = promMeter();
  const log = countedLog({ debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }, meter);
  log.debug({ n: 1 }, 'one');
  log.info({ n: 2 }, 'two');
  log.warn({ n: 3 }, 'three');
  log.error({ n: 4 }, 'four');
  log.error({ n: 5 }, 'five');
  expect(lines.map(([level, { n }, sentence]) => [level, n, sentence])).toEqual([
    ['debug', 1, 'one'],
    ['info', 2, 'two'],
    ['warn', 3, 'three'],
    ['error', 4, 'four'],
    ['error', 5, 'five'],
  ]);
  const text = await meter.text();
  expect(text).toContain('parley_log_lines_total{level="warn"} 1');
  expect(text).toContain('parley_log_lines_total{level="error"} 2');
});

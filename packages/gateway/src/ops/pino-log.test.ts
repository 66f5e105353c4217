import { describe, expect, it } from 'vitest';
import { pinoLog } from './pino-log.ts';
import type { LogLevel } from './pino-log.ts';

function logInto(lines: string[], level: LogLevel) {
  return pinoLog({ level, destination: { write: (line) => lines.push(line) } });
}

describe('pinoLog', () => {
  it('writes one JSON line with the fields and the sentence', () => {
    const lines: string[] = [];
    logInto(lines, 'info').info({ sessionId: 's1' }, 'A session ended');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ sessionId: 's1', msg: 'A session ended' });
  });

  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'warn');
    log.debug({}, 'one');
    log.info({}, 'two');
    log.warn({}, 'three');
    expect(lines).toHaveLength(1);
  });

  it('hides tokens and texts that were passed by mistake, at every depth it may meet them', () => {
    const lines: string[] = [];
    const request = { headers: { authorization: 'Bearer hidden-1' }, token: 'hidden-2' };
    logInto(lines, 'info').info({ request, text: 'hidden-3', accessToken: 'hidden-4' }, 'A mistake');
    expect(lines[0]).not.toContain('hidden-');
    expect(lines[0]).toContain('[redacted]');
  });

  it('writes what caused an error', () => {
    const lines: string[] = [];
    const error = new Error('outer', { cause: new Error('inner') });
    logInto(lines, 'info').error({ err: error }, 'Something failed');
    expect(lines[0]).toContain('outer');
    expect(lines[0]).toContain('inner');
  });
});

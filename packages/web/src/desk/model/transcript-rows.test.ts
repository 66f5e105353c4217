import { describe, expect, it } from 'vitest';
import { line, logOf, note } from '../../../test/desk-scene.ts';
import { transcriptRows } from './transcript-rows.ts';
import type { TranscriptRow } from './transcript-rows.ts';

const oneDay = (): string => 'today';
const HOUR_MS = 3_600_000;

function names(rows: readonly TranscriptRow[]): string[] {
  return rows.map((row) => (row.kind === 'mark' ? row.mark : row.key));
}

describe('the rows of a transcript', () => {
  it('have notes where their time belongs, and the moment somebody took over', () => {
    const log = logOf('s', { lines: [line(1), line(2), line(3), line(4)], notes: [note('a', 2500), note('b', 9000)] });
    const rows = transcriptRows(log, { joinedMs: 3000, dayOf: oneDay });
    expect(names(rows)).toEqual(['m1', 'm2', 'note a', 'taken-over', 'm3', 'm4', 'note b']);
  });

  it('keep the order of the lines, whatever their clocks say', () => {
    const log = logOf('s', { lines: [line(1, { atMs: 9000 }), line(2, { atMs: 1000 })] });
    expect(names(transcriptRows(log, { joinedMs: null, dayOf: oneDay }))).toEqual(['m1', 'm2']);
  });

  it('end with what nobody has said since somebody took over', () => {
    const log = logOf('s', { lines: [line(1)] });
    expect(names(transcriptRows(log, { joinedMs: 5000, dayOf: oneDay }))).toEqual(['m1', 'taken-over']);
  });

  it('end with what is not kept yet', () => {
    const draft = { clientId: 'c1', kind: 'message' as const, text: 'x', writtenMs: 1, problem: null };
    const log = logOf('s', { lines: [line(1)], drafts: [{ ...draft, attachments: [], suggestions: [] }] });
    expect(names(transcriptRows(log, { joinedMs: null, dayOf: oneDay }))).toEqual(['m1', 'draft c1']);
  });

  it('name the day when there are several', () => {
    const lines = [line(1, { atMs: 0 }), line(2, { atMs: HOUR_MS }), line(3, { atMs: 30 * HOUR_MS })];
    const dayOf = (timeMs: number): string => String(Math.floor(timeMs / (24 * HOUR_MS)));
    const rows = transcriptRows(logOf('s', { lines }), { joinedMs: null, dayOf });
    expect(names(rows)).toEqual(['day', 'm1', 'm2', 'day', 'm3']);
  });

  it('belong together when the same person said them in one go', () => {
    const lines = [
      line(1),
      line(2),
      line(3, { speaker: 'agent' }),
      line(4, { speaker: 'human', by: { id: 'noor', name: 'Noor' } }),
      line(5, { speaker: 'human', by: { id: 'luis', name: 'Luis' } }),
      line(6, { atMs: HOUR_MS }),
      line(7, { atMs: 2 * HOUR_MS }),
      line(8, { atMs: 2 * HOUR_MS, saidBy: 'voice' }),
    ];
    const rows = transcriptRows(logOf('s', { lines }), { joinedMs: null, dayOf: oneDay });
    expect(rows.map(({ startsGroup, endsGroup }) => [startsGroup, endsGroup])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });
});

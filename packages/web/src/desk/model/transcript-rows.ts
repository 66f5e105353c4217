// Turns the log of a chat into rows: what was said, notes, what isn't kept yet, and marks between them.
import type { DeskChatLog, DeskDraft } from '@parley/client';
import type { DeskLine, DeskNote } from '@parley/protocol';

/** Somebody said something. */
export interface LineRow {
  kind: 'line';
  key: string;
  line: DeskLine;
}

/** Something people tell each other. */
interface NoteRow {
  kind: 'note';
  key: string;
  note: DeskNote;
}

/** Something written here that isn't known to be kept. */
interface DraftRow {
  kind: 'draft';
  key: string;
  draft: DeskDraft;
}

/** A line across: a person took over, or another day begins. */
export interface MarkRow {
  kind: 'mark';
  key: string;
  mark: 'taken-over' | 'day';
  atMs: number;
}

/** One row. `startsGroup` and `endsGroup`: the first and last of what one side said in one go. */
export type TranscriptRow = (LineRow | NoteRow | DraftRow | MarkRow) & { startsGroup: boolean; endsGroup: boolean };

type PlainRow = LineRow | NoteRow | DraftRow | MarkRow;

/** A pause longer than this begins a new group. */
const GROUP_PAUSE_MS = 3 * 60_000;

/** The rows of a chat, oldest first; what isn't kept yet comes last. `joinedMs`: when the first person came. */
export function transcriptRows(
  { lines, notes, drafts }: Pick<DeskChatLog, 'lines' | 'notes' | 'drafts'>,
  { joinedMs, dayOf }: { joinedMs: number | null; dayOf: (timeMs: number) => string },
): TranscriptRow[] {
  const kept = merged(lines, notes);
  const rows = [...withDays(withTakeOver(kept, joinedMs), dayOf), ...drafts.map(rowOfDraft)];
  return rows.map((row, index) => ({
    ...row,
    startsGroup: !belongsTogether(rows[index - 1], row),
    endsGroup: !belongsTogether(row, rows[index + 1]),
  }));
}

/** Lines keep their order, whatever their clocks say; notes stand where their time belongs. */
function merged(lines: readonly DeskLine[], notes: readonly DeskNote[]): (LineRow | NoteRow)[] {
  const rows: (LineRow | NoteRow)[] = [];
  let next = 0;
  const addNotesUntil = (timeMs: number): void => {
    for (let note = notes[next]; note && note.atMs < timeMs; note = notes[next]) {
      rows.push({ kind: 'note', key: `note ${note.id}`, note });
      next += 1;
    }
  };
  for (const line of lines) {
    addNotesUntil(line.atMs);
    rows.push({ kind: 'line', key: line.messageId, line });
  }
  addNotesUntil(Infinity);
  return rows;
}

function withTakeOver(rows: readonly (LineRow | NoteRow)[], joinedMs: number | null): (LineRow | NoteRow | MarkRow)[] {
  if (joinedMs === null) return [...rows];
  const after = rows.findIndex((row) => timeOf(row) >= joinedMs);
  const place = after < 0 ? rows.length : after;
  const mark = { kind: 'mark', key: 'taken over', mark: 'taken-over', atMs: joinedMs } as const;
  return [...rows.slice(0, place), mark, ...rows.slice(place)];
}

/** The first day needs no line unless another follows. */
function withDays(rows: readonly PlainRow[], dayOf: (timeMs: number) => string): PlainRow[] {
  const days = new Set(rows.map((row) => dayOf(timeOf(row))));
  if (days.size < 2) return [...rows];
  let day = '';
  return rows.flatMap((row) => {
    const atMs = timeOf(row);
    if (dayOf(atMs) === day) return [row];
    day = dayOf(atMs);
    return [{ kind: 'mark', key: `day ${day}`, mark: 'day', atMs } as const, row];
  });
}

function rowOfDraft(draft: DeskDraft): DraftRow {
  return { kind: 'draft', key: `draft ${draft.clientId}`, draft };
}

function timeOf(row: PlainRow): number {
  switch (row.kind) {
    case 'line':
      return row.line.atMs;
    case 'note':
      return row.note.atMs;
    case 'draft':
      return row.draft.writtenMs;
    case 'mark':
      return row.atMs;
  }
}

function belongsTogether(one: PlainRow | undefined, next: PlainRow | undefined): boolean {
  if (one?.kind !== 'line' || next?.kind !== 'line') return false;
  return voiceOf(one.line) === voiceOf(next.line) && Math.abs(next.line.atMs - one.line.atMs) < GROUP_PAUSE_MS;
}

function voiceOf({ speaker, by, saidBy }: DeskLine): string {
  return [speaker, by?.id, saidBy].join(' ');
}

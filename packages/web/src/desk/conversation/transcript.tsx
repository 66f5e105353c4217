// All that was said, from before the hand-off on, with notes and marks between.
import type { DeskChatLog, DeskClient } from '@parley/client';
import type { JSX } from 'preact';
import { FollowingLog, RowsToCome } from '../../chat/following-log.tsx';
import { transcriptRows } from '../model/transcript-rows.ts';
import type { TranscriptRow } from '../model/transcript-rows.ts';
import { DraftRowView } from './draft-row-view.tsx';
import { LineRowView } from './line-row-view.tsx';
import { MarkRowView } from './mark-row-view.tsx';
import { dayText } from './mark-text.ts';
import { NoteRowView } from './note-row-view.tsx';

interface TranscriptProps {
  client: DeskClient;
  log: DeskChatLog | undefined;
  /** When the first person came; null while nobody has. */
  joinedMs: number | null;
  meId: string;
}

/** All rows, one after the other, and whoever is typing. */
export function Transcript({ client, log, joinedMs, meId }: TranscriptProps): JSX.Element {
  const rows = log ? transcriptRows(log, { joinedMs, dayOf: dayText }) : [];
  const isLoading = !log || (log.lines.length === 0 && log.reading !== 'whole' && log.reading !== 'partial');
  return (
    <FollowingLog label="Transcript" written={log?.drafts.length ?? 0}>
      {isLoading && <RowsToCome label="The transcript is being loaded" />}
      {rows.map((row) => (
        <RowView key={row.key} client={client} sessionId={log?.sessionId ?? ''} row={row} meId={meId} />
      ))}
      {log?.typing
        .filter((person) => person?.id !== meId)
        .map((person) => (
          <p key={person?.id ?? ''} class={`typing-line${person ? ' typing-ours' : ''}`} aria-hidden="true">
            <span class="dots-small">
              <span />
              <span />
              <span />
            </span>
            {person ? `${person.name} is typing` : 'Visitor is typing'}
          </p>
        ))}
    </FollowingLog>
  );
}

interface RowViewProps {
  client: DeskClient;
  sessionId: string;
  row: TranscriptRow;
  meId: string;
}

function RowView({ client, sessionId, row, meId }: RowViewProps): JSX.Element {
  switch (row.kind) {
    case 'line':
      return <LineRowView row={row} meId={meId} />;
    case 'note':
      return <NoteRowView note={row.note} meId={meId} />;
    case 'draft':
      return <DraftRowView client={client} sessionId={sessionId} draft={row.draft} />;
    case 'mark':
      return <MarkRowView row={row} />;
  }
}

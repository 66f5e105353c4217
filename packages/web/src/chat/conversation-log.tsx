// The conversation itself, oldest first, with the dots of whoever is busy.
import type { ParleyClient, ParleySnapshot } from '@parley/client';
import type { ComponentChildren, JSX } from 'preact';
import { AgentRowView } from './agent-row-view.tsx';
import { conversationRows } from './conversation-rows.ts';
import type { Row } from './conversation-rows.ts';
import { FollowingLog, RowsToCome } from './following-log.tsx';
import { Icon } from './icons.tsx';
import { NoticeRowView, SystemRowView } from './notice-rows.tsx';
import { TypingRow } from './typing-row.tsx';
import { UserRowView } from './user-row-view.tsx';

interface ConversationLogProps {
  client: ParleyClient;
  snapshot: ParleySnapshot;
  /** What stands under the last message. */
  children?: ComponentChildren;
}

/** All rows, one after the other. */
export function ConversationLog({ client, snapshot, children }: ConversationLogProps): JSX.Element {
  const rows = conversationRows(snapshot);
  const isStarting = snapshot.status === 'starting' && snapshot.connection.at !== 'gave-up' && rows.length === 0;
  const hasEnded = snapshot.status === 'ended';
  const written = rows.filter((row) => row.kind === 'user').length;
  return (
    <FollowingLog label="Conversation" written={written}>
      {snapshot.lostSession && (
        <p class="row-system row-system-info">
          <Icon name="info" />
          <span>Your earlier conversation could not be found any more, so this is a new one.</span>
        </p>
      )}
      {isStarting && <RowsToCome label="The conversation is beginning" />}
      {rows.map((row) => (
        <RowView key={row.key} row={row} onRetry={hasEnded ? undefined : () => client.retryMessage(row.key)} />
      ))}
      {snapshot.activity && <TypingRow activity={snapshot.activity} speaker={snapshot.agent} />}
      {children}
    </FollowingLog>
  );
}

function RowView({ row, onRetry }: { row: Row; onRetry: (() => void) | undefined }): JSX.Element {
  switch (row.kind) {
    case 'user':
      return <UserRowView row={row} onRetry={onRetry} />;
    case 'agent':
      return <AgentRowView row={row} />;
    case 'notice':
      return <NoticeRowView notice={row.notice} />;
    case 'system':
      return <SystemRowView notice={row.notice} />;
  }
}

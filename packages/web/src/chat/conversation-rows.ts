// Turns a snapshot into the rows of the conversation: what is shown, in which order, and which rows belong
// together because the same person said them in one go, and the same way.
import type { AgentMessage, Notice, OutgoingMessage, ParleySnapshot, SaidBy, SystemNotice } from '@parley/client';

/** How far a message of the user's has come. */
type DeliveryState = 'waiting' | 'sending' | 'sent' | 'failed';

/** A message of the user's, acknowledged or not. */
export interface UserRow {
  kind: 'user';
  key: string;
  text: string;
  timeMs: number;
  delivery: DeliveryState;
  problem?: OutgoingMessage['problem'] | undefined;
  /** Absent when it was written. */
  saidBy?: SaidBy | undefined;
}

/** A message of the other side. */
export interface AgentRow {
  kind: 'agent';
  key: string;
  timeMs: number;
  message: AgentMessage;
}

interface NoticeRow {
  kind: 'notice';
  key: string;
  notice: Notice;
}

interface SystemRow {
  kind: 'system';
  key: string;
  notice: SystemNotice;
}

/** One row. `startsGroup` and `endsGroup` mark the first and last of what one side said in one go. */
export type Row = (UserRow | AgentRow | NoticeRow | SystemRow) & {
  startsGroup: boolean;
  endsGroup: boolean;
  /** BCP 47, once the conversation has changed its language. */
  lang?: string | undefined;
};

type PlainRow = UserRow | AgentRow | NoticeRow | SystemRow;

/** A pause longer than this begins a new group. */
const GROUP_PAUSE_MS = 3 * 60_000;

/** The rows of a conversation, oldest first; what the server hasn't acknowledged comes last. */
export function conversationRows(snapshot: Pick<ParleySnapshot, 'timeline' | 'pending'>): Row[] {
  const rows: PlainRow[] = [...snapshot.timeline.items.map(rowOfItem), ...snapshot.pending.map(rowOfDraft)];
  let lang: string | undefined;
  return rows.map((row, index) => {
    if (row.kind === 'notice' && row.notice.event.type === 'language-changed') lang = row.notice.event.languageCode;
    const startsGroup = !belongsTogether(rows[index - 1], row);
    const endsGroup = !belongsTogether(row, rows[index + 1]);
    return { ...row, startsGroup, endsGroup, lang };
  });
}

function rowOfItem(item: ParleySnapshot['timeline']['items'][number]): PlainRow {
  const { key } = item;
  const timeMs = Date.parse(item.timestamp);
  switch (item.kind) {
    case 'user-message':
      return { kind: 'user', key, text: item.text, timeMs, delivery: 'sent', saidBy: item.saidBy };
    case 'agent-message':
      return { kind: 'agent', key, timeMs, message: item };
    case 'notice':
      return { kind: 'notice', key, notice: item };
    case 'system-notice':
      return { kind: 'system', key, notice: item };
  }
}

function rowOfDraft(draft: OutgoingMessage): UserRow {
  const { localId: key, text, writtenMs: timeMs, state: delivery, problem } = draft;
  return { kind: 'user', key, text, timeMs, delivery, problem };
}

function belongsTogether(one: PlainRow | undefined, next: PlainRow | undefined): boolean {
  const earlier = voiceOf(one);
  const later = voiceOf(next);
  if (!earlier || !later) return false;
  return earlier.who === later.who && Math.abs(later.timeMs - earlier.timeMs) < GROUP_PAUSE_MS;
}

function voiceOf(row: PlainRow | undefined): { who: string; timeMs: number } | undefined {
  if (row?.kind === 'user') return { who: ['user', row.saidBy].join(' '), timeMs: row.timeMs };
  if (row?.kind !== 'agent') return undefined;
  const { speaker, saidBy } = row.message;
  return { who: [speaker.kind, speaker.id, speaker.name, saidBy].join(' '), timeMs: row.timeMs };
}

// A session as the command line gives it out: the same members in lists, transcripts and exports.
import { readStored, Transcript, type SessionInfo, type StoredEntry } from '../messaging/index.ts';
import type { ArchivedSession } from '../store/index.ts';
import type { Cell } from './table.ts';

/** What a list shows of a session. Times in ISO 8601; `endedAt` is null while it goes on. */
export function sessionSummary(info: SessionInfo, endedMs: number | null): Record<string, Cell> {
  return {
    id: info.id,
    createdAt: timeText(info.createdMs),
    endedAt: endedMs === null ? null : timeText(endedMs),
    connector: info.connectorId,
    account: info.account,
    project: info.project,
    agent: info.agentId,
    variant: info.variantId,
    door: info.door,
    channel: info.channel,
    platform: info.platform,
    device: info.deviceType,
  };
}

/** One message of a transcript. */
export interface MessageRecord {
  speaker: 'user' | 'agent' | 'human';
  at: string;
  text: string;
  attachments: unknown[];
}

/** A whole session: its summary, what was said, and every event as it went over the wire. */
export function sessionRecord({ info, endedMs, entries }: ArchivedSession): Record<string, unknown> {
  return {
    ...sessionSummary(info, endedMs),
    userAgent: info.userAgent,
    messages: messagesOf(entries),
    events: entries.filter(({ sequence }) => sequence !== null).map(({ text }): unknown => JSON.parse(text)),
  };
}

/** What was said, in order; streamed messages in one piece. */
export function messagesOf(entries: readonly StoredEntry[]): MessageRecord[] {
  const transcript = new Transcript();
  for (const entry of entries) transcript.add(readStored(entry));
  return transcript.lines.map(({ speaker, atMs, text, attachments }) => ({
    speaker,
    at: timeText(atMs),
    text,
    attachments,
  }));
}

/** What was said, to read: a paragraph per message. */
export function messageTexts(entries: readonly StoredEntry[]): string[] {
  return messagesOf(entries).map(({ at, speaker, text, attachments }) => {
    const cards = attachments.length > 0 ? [`  [attachments: ${attachments.length}]`] : [];
    return [`${at}  ${speaker}`, ...text.split('\n').map((line) => `  ${line}`), ...cards].join('\n');
  });
}

/** Facts to read: a line per member, without those that are null. */
export function factsText(facts: Record<string, Cell>): string {
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  return known.map(([name, value]) => `${name}: ${String(value)}`).join('\n');
}

/** ISO 8601 in UTC. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

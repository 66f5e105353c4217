// What a screen reader says of a change: whole messages once they are complete, comings and goings, and
// trouble. Never pieces of a message.
import type { ParleySnapshot, TimelineItem } from '@parley/client';
import { noticeText } from './notice-text.ts';

/** More than this at once is a replay: it is counted, not read out. */
const READ_OUT_AT_MOST = 3;

/** The lines to say, in order. `plainText` takes Markdown away. */
export function announcements(
  before: ParleySnapshot,
  after: ParleySnapshot,
  plainText: (markdown: string) => string,
): string[] {
  const known = new Set(before.timeline.items.filter(isSpeakable).map((item) => item.key));
  const fresh = after.timeline.items.filter((item) => isSpeakable(item) && !known.has(item.key));
  const spoken =
    fresh.length > READ_OUT_AT_MOST
      ? [`${fresh.length} new entries in the conversation`]
      : fresh.map((item) => itemText(item, plainText));
  return [...spoken, ...troubleTexts(before, after)];
}

// What an agent says aloud is heard already; two voices at once are none.
function isSpeakable(item: TimelineItem): boolean {
  if (item.kind === 'user-message') return false;
  return item.kind !== 'agent-message' || (item.complete && item.saidBy === undefined);
}

function itemText(item: TimelineItem, plainText: (markdown: string) => string): string {
  switch (item.kind) {
    case 'agent-message': {
      const cards = item.attachments.map((attachment) => attachment.title);
      const calls = item.callActions.map((action) => `${action.title} ${action.contactNumber}`);
      return [`${item.speaker.name ?? 'Agent'}: ${plainText(item.text)}`, ...cards, ...calls].join('. ');
    }
    case 'notice':
      return noticeText(item);
    case 'user-message':
    case 'system-notice':
      return item.text;
  }
}

function troubleTexts(before: ParleySnapshot, after: ParleySnapshot): string[] {
  const lines: string[] = [];
  if (before.connection.at === 'open' && after.connection.at === 'waiting')
    lines.push('Connection lost. Trying again.');
  if (before.connection.at !== 'gave-up' && after.connection.at === 'gave-up') lines.push('Not connected.');
  if (isBack(before, after)) lines.push('Connected again.');
  if (failures(after) > failures(before)) lines.push('A message was not delivered.');
  if (before.status !== 'ended' && after.status === 'ended') lines.push('The conversation has ended.');
  return lines;
}

function isBack(before: ParleySnapshot, after: ParleySnapshot): boolean {
  const wasTrying = before.connection.at === 'opening' && before.timeline.capabilities !== undefined;
  return wasTrying && after.connection.at === 'open';
}

function failures({ pending }: ParleySnapshot): number {
  return pending.filter((message) => message.state === 'failed').length;
}

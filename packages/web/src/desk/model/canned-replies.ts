// Texts people needn't type: which there are for a chat, and finding one by a few letters.
import type { DeskCannedReply } from '@parley/protocol';

/** What is looked for when the text of the composer is `/…`; undefined when it is none of that. */
export function cannedQuery(text: string): string | undefined {
  return text.startsWith('/') && !text.includes('\n') ? text.slice(1) : undefined;
}

/** Replies for a queue in which every word of `query` is found, those with it in the title first. */
export function findCannedReplies(
  replies: readonly DeskCannedReply[],
  { queueId, query }: { queueId: string; query: string },
): DeskCannedReply[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const has = (text: string): boolean => words.every((word) => plain(text).includes(word));
  const mine = replies.filter(({ queueIds }) => queueIds === null || queueIds.includes(queueId));
  const byTitle = mine.filter(({ title }) => has(title));
  const byText = mine.filter(({ title, text }) => !has(title) && has(`${title} ${text}`));
  return [...byTitle, ...byText];
}

/** Letters without case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

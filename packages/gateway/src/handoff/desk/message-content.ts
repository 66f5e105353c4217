// What people at the desk may write: something, not too much of it, and links that are links.
import { createHash } from 'node:crypto';
import { MAX_DESK_CLIENT_ID, MAX_DESK_EXTRAS, MAX_DESK_TEXT } from '@parley/protocol';
import type { Attachment, Suggestion } from '@parley/protocol';

/** What a message holds. */
export interface MessageContent {
  text: string;
  attachments: Attachment[];
  suggestions: Suggestion[];
}

/** Whether a message may be sent to a visitor. */
export function isSendable({ text, attachments, suggestions }: MessageContent): boolean {
  return (
    (text.trim() !== '' || attachments.length > 0) &&
    text.length <= MAX_DESK_TEXT &&
    attachments.length <= MAX_DESK_EXTRAS &&
    suggestions.length <= MAX_DESK_EXTRAS &&
    attachments.every(
      ({ contentUrl, previewImageUrl }) => isLink(contentUrl) && isLink(previewImageUrl ?? contentUrl),
    ) &&
    suggestions.every(({ messageText }) => messageText.trim() !== '' && messageText.length <= MAX_DESK_TEXT)
  );
}

/** Whether a note may be kept. */
export function isNotable(text: string): boolean {
  return text.trim() !== '' && text.length <= MAX_DESK_TEXT;
}

/** Whether a sender's own id can be worked with. */
export function isClientId(clientId: string): boolean {
  return clientId !== '' && clientId.length <= MAX_DESK_CLIENT_ID;
}

/** An id that is the same whenever somebody sends the same thing again: a UUID in shape, a hash in truth. */
export function stableId(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Nothing that a click would run. */
function isLink(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

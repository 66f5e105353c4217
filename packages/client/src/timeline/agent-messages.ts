// Puts the messages of the other side into the list: whole ones, and those that come in pieces.
import type { Attachment, CallAction, Envelope, EventOf } from '@parley/protocol';
import { saidIn } from './said-by.ts';
import type { AgentMessage, Speaker, TimelineItem } from './timeline-item.ts';

type WholeMessage = EventOf<'poly-agent-message' | 'live-agent-message'>;

/** Adds a whole message. One without any content is left out, as the SDKs do. */
export function addMessage(
  items: readonly TimelineItem[],
  envelope: Envelope,
  event: WholeMessage,
  speaker: Speaker,
): readonly TimelineItem[] {
  const { text, attachments, chatCallActions: callActions = [] } = event;
  const message = newMessage(envelope, event.messageId, speaker, { text, attachments, callActions, complete: true });
  return hasContent(message) ? [...finishMessages(items), message] : finishMessages(items);
}

/** Adds a piece to its message, beginning it with the first. A piece of another message completes the last. */
export function addChunk(
  items: readonly TimelineItem[],
  envelope: Envelope,
  event: EventOf<'poly-agent-message-chunk'>,
  speaker: Speaker,
): readonly TimelineItem[] {
  const { messageId, text, attachments, isComplete: complete } = event;
  const begun = items.findLast((item) => item.kind === 'agent-message' && item.messageId === messageId);
  if (begun?.kind !== 'agent-message') {
    const message = newMessage(envelope, messageId, speaker, { text, attachments, callActions: [], complete });
    const finished = finishMessages(items);
    return complete && !hasContent(message) ? finished : [...finished, message];
  }
  const longer = { ...begun, text: begun.text + text, attachments: merged(begun.attachments, attachments), complete };
  return complete && !hasContent(longer)
    ? items.filter((item) => item !== begun)
    : items.map((item) => (item === begun ? longer : item));
}

/** Nothing more will come for messages that are still being written. */
export function finishMessages(items: readonly TimelineItem[]): readonly TimelineItem[] {
  return items.some(isUnfinished)
    ? items
        .filter((item) => !isUnfinished(item) || hasContent(item))
        .map((item) => (isUnfinished(item) ? { ...item, complete: true } : item))
    : items;
}

interface Content {
  text: string;
  attachments: readonly Attachment[];
  callActions: readonly CallAction[];
  complete: boolean;
}

function newMessage(envelope: Envelope, messageId: string, speaker: Speaker, content: Content): AgentMessage {
  const { id: key, timestamp } = envelope;
  return { kind: 'agent-message', key, timestamp, messageId, speaker, ...content, ...saidIn(envelope.custom) };
}

function isUnfinished(item: TimelineItem): item is AgentMessage {
  return item.kind === 'agent-message' && !item.complete;
}

function hasContent({ text, attachments, callActions }: AgentMessage): boolean {
  return text !== '' || attachments.length > 0 || callActions.length > 0;
}

function merged(before: readonly Attachment[], more: readonly Attachment[]): readonly Attachment[] {
  const known = new Set(before.map((attachment) => attachment.contentUrl));
  return [...before, ...more.filter((attachment) => !known.has(attachment.contentUrl))];
}

// What a webhook of Chatwoot means for a hand-off, as events of the bridge. Their ids come from Chatwoot's, so that a
// webhook that comes twice is one event.
import { MAX_DESK_EXTRAS, MAX_DESK_TEXT } from '@parley/protocol';
import type { Attachment, BridgeAgent, BridgeEvent } from '@parley/protocol';
import type {
  ChatwootActor,
  ChatwootAttachment,
  ChatwootMessage,
  ChatwootTyping,
  ChatwootWebhook,
} from './chatwoot-wire.ts';

/** Where an event belongs, and whether a person has joined there. */
export interface EventPlace {
  caseId: string;
  hasHuman: boolean;
}

/** The events, in order; none when the webhook says nothing that the user should know, their own messages included. */
export function eventsOfWebhook(webhook: ChatwootWebhook, place: EventPlace): BridgeEvent[] {
  switch (webhook.event) {
    case 'message_created':
      return eventsOfMessage(webhook, place);
    case 'conversation_status_changed':
      return webhook.status === 'resolved' ? [resolved(webhook, place)] : [];
    case 'conversation_updated':
      return assigned(webhook, place);
    case 'conversation_typing_on':
    case 'conversation_typing_off':
      return typing(webhook, place);
  }
}

/** What a person wrote to the user; before it, that they have joined, when nobody had. */
export function eventsOfMessage(message: ChatwootMessage, { caseId, hasHuman }: EventPlace): BridgeEvent[] {
  const agent = personOf(message.sender);
  if (!agent || message.message_type !== 'outgoing' || message.private === true) return [];
  const attachments = (message.attachments ?? []).flatMap(attachmentOf).slice(0, MAX_DESK_EXTRAS);
  const text = message.content ?? '';
  if (text.trim() === '' && attachments.length === 0) return [];
  const suggestions = (message.content_attributes?.items ?? [])
    .filter(({ title }) => title.trim() !== '')
    .slice(0, MAX_DESK_EXTRAS)
    .map(({ title }) => ({ messageText: title }));
  const id = `message:${message.id}`;
  return [
    ...(hasHuman ? [] : [{ type: 'joined', id: `joined:${message.id}`, caseId, agent } as const]),
    ...piecesOf(text).map((piece, index, { length }): BridgeEvent => {
      const isLast = index === length - 1;
      return {
        type: 'message',
        id: index === 0 ? id : `${id}:${index + 1}`,
        caseId,
        text: piece,
        attachments: isLast ? attachments : [],
        suggestions: isLast ? suggestions : [],
        agent,
      };
    }),
  ];
}

/** The conversation is done with; whoever still waits is given up. */
function resolved(
  { id, updated_at }: Extract<ChatwootWebhook, { event: 'conversation_status_changed' }>,
  { caseId, hasHuman }: EventPlace,
): BridgeEvent {
  return { type: hasHuman ? 'left' : 'failed', id: `resolved:${id}:${updated_at ?? ''}`, caseId };
}

function assigned(
  { meta, updated_at }: Extract<ChatwootWebhook, { event: 'conversation_updated' }>,
  { caseId }: EventPlace,
): BridgeEvent[] {
  const agent = personOf(meta?.assignee);
  return agent ? [{ type: 'joined', id: `assigned:${agent.id}:${updated_at ?? ''}`, caseId, agent }] : [];
}

function typing({ event, user, is_private, conversation }: ChatwootTyping, { caseId }: EventPlace): BridgeEvent[] {
  const agent = personOf(user);
  if (!agent || is_private === true) return [];
  const state = event === 'conversation_typing_on' ? 'TYPING_STATE_STARTED' : 'TYPING_STATE_STOPPED';
  return [{ type: 'typing', id: `typing:${conversation.id}`, caseId, state, agent }];
}

/** A person; undefined for bots, contacts and the system. */
function personOf(actor: ChatwootActor | null | undefined): BridgeAgent | undefined {
  if (actor?.type !== 'user') return undefined;
  const name = (actor.available_name || actor.name || 'Agent').slice(0, 200);
  const avatarUrl = [actor.avatar_url, actor.thumbnail].find(isLink);
  return { id: String(actor.id), name, ...(avatarUrl && { avatarUrl }) };
}

function attachmentOf({ file_type, data_url, fallback_title }: ChatwootAttachment): Attachment[] {
  if (!isLink(data_url)) return [];
  const title = fallback_title || decodeURIComponentSafely(new URL(data_url).pathname.split('/').at(-1) ?? '');
  const contentType = file_type === 'image' ? 'ATTACHMENT_CONTENT_TYPE_IMAGE' : 'ATTACHMENT_CONTENT_TYPE_URL';
  return [{ title, contentUrl: data_url, contentType }];
}

function isLink(url: string | null | undefined): url is string {
  return typeof url === 'string' && URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text that is longer than one message may be is several. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; from += MAX_DESK_TEXT) pieces.push(text.slice(from, from + MAX_DESK_TEXT));
  return pieces.length > 0 ? pieces : [''];
}

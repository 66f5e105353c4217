// Takes a webhook of a Chatwoot inbox: is it from there, of which case is it, and what follows.
import { isFresh, isMac } from '../../../kit/index.ts';
import type { Bridge } from '../../bridge/create-bridge.ts';
import type { BridgeCaseRecord, Remembered } from '../../ports/bridge-store.ts';
import type { ChatwootApi } from './chatwoot-api.ts';
import { placeOf } from './chatwoot-carrier.ts';
import { caseIdOf, readChatwootWebhook } from './chatwoot-wire.ts';
import type { ChatwootWebhook } from './chatwoot-wire.ts';
import { eventsOfMessage, eventsOfWebhook } from './events-of-webhook.ts';

/** A request as it came. */
export interface ChatwootRequest {
  body: string;
  /** `X-Chatwoot-Signature` and `X-Chatwoot-Timestamp`. */
  signature: string | undefined;
  timestamp: string | undefined;
}

/** What is needed to take it. */
export interface WebhookTakerParts {
  deskId: string;
  /** What Chatwoot signs with; without it the secret in the address has to do. */
  webhookSecret: string | undefined;
  bridge: Pick<Bridge, 'findCase' | 'take' | 'hasHuman'>;
  remembered(caseId: string): Promise<Remembered>;
  api(): Pick<ChatwootApi, 'messages'>;
  nowMs: number;
}

/** How it was taken. Webhooks that are of no case are taken too: an inbox may be used for other things. */
export type WebhookOutcome = 'taken' | 'wrongSignature' | 'invalidEvent' | 'unavailable';

/** Takes a webhook. */
export async function takeWebhook(request: ChatwootRequest, parts: WebhookTakerParts): Promise<WebhookOutcome> {
  const { webhookSecret, nowMs, bridge, deskId } = parts;
  if (webhookSecret !== undefined && !isFromChatwoot(request, { secret: webhookSecret, nowMs })) {
    return 'wrongSignature';
  }
  const webhook = readChatwootWebhook(request.body);
  if (webhook === undefined) return 'invalidEvent';
  if (webhook === 'other') return 'taken';
  const caseId = caseIdOf('conversation' in webhook ? webhook.conversation : webhook);
  const record = caseId === undefined ? undefined : await bridge.findCase(caseId);
  if (!record || record.deskId !== deskId) return 'taken';
  if (isResolved(webhook)) await catchUp(record, parts);
  return takeEvents(record, parts, (place) => eventsOfWebhook(webhook, place));
}

/** Source: Chatwoot's webhook settings; `sha256=` and HMAC-SHA256 of `<timestamp>.<body>`. */
function isFromChatwoot(
  { body, signature, timestamp }: ChatwootRequest,
  { secret, nowMs }: { secret: string; nowMs: number },
): boolean {
  if (signature === undefined || timestamp === undefined || !isFresh(timestamp, nowMs)) return false;
  return isMac(signature.replace(/^sha256=/, ''), `${timestamp}.${body}`, secret);
}

async function takeEvents(
  record: BridgeCaseRecord,
  { bridge }: Pick<WebhookTakerParts, 'bridge'>,
  eventsAt: (place: Parameters<typeof eventsOfWebhook>[1]) => ReturnType<typeof eventsOfWebhook>,
): Promise<WebhookOutcome> {
  for (const event of eventsAt({ caseId: record.id, hasHuman: await bridge.hasHuman(record) })) {
    const answer = await bridge.take(record, event);
    if (!answer.ok && answer.error === 'unavailable') return 'unavailable';
  }
  return 'taken';
}

function isResolved(webhook: ChatwootWebhook): boolean {
  return webhook.event === 'conversation_status_changed' && webhook.status === 'resolved';
}

/** Webhooks may overtake each other: what was written before the end is shown before it. */
async function catchUp(record: BridgeCaseRecord, parts: WebhookTakerParts): Promise<void> {
  const place = placeOf(await parts.remembered(record.id));
  const messages = place
    ? await parts
        .api()
        .messages(place)
        .catch(() => [])
    : [];
  for (const message of messages.toSorted((one, other) => one.id - other.id)) {
    await takeEvents(record, parts, (at) => eventsOfMessage(message, at));
  }
}

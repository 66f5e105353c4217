// Makes the desks that aren't Parley's own, each with what reaches it, on one bridge.
import { createHash } from 'node:crypto';
import type { BridgeErrorName } from '@parley/protocol';
import { chatwootApi } from './adapters/chatwoot/chatwoot-api.ts';
import type { ChatwootInbox } from './adapters/chatwoot/chatwoot-api.ts';
import { createChatwootCarrier } from './adapters/chatwoot/chatwoot-carrier.ts';
import { takeWebhook } from './adapters/chatwoot/take-webhook.ts';
import type { ChatwootRequest, WebhookOutcome } from './adapters/chatwoot/take-webhook.ts';
import { readSignedEvent } from './adapters/webhook/read-signed-event.ts';
import type { SignedRequest } from './adapters/webhook/read-signed-event.ts';
import { createWebhookCarrier } from './adapters/webhook/webhook-carrier.ts';
import type { WebhookTarget } from './adapters/webhook/webhook-carrier.ts';
import { createBridge } from './bridge/create-bridge.ts';
import type { Bridge, BridgeParts } from './bridge/create-bridge.ts';
import type { EventAnswer } from './bridge/take-events.ts';
import type { Destination } from './deliveries/outbox.ts';

/** How a desk is reached, and how patiently. */
export type OtherDeskOptions = (
  | ({ kind: 'webhook' } & WebhookTarget)
  | ({ kind: 'chatwoot'; webhookToken: string; webhookSecret?: string | undefined } & ChatwootInbox)
) &
  Patience;

interface Patience {
  /** How long one try may take. */
  timeoutMs: number;
  /** How often a delivery is tried before it is given up. */
  maxTries: number;
}

/** What the desks need from their house. `fetch`: in place of the real one. */
export interface OtherDesksParts extends Omit<BridgeParts, 'destinations'> {
  fetch?: typeof fetch | undefined;
}

/** The desks. */
export interface OtherDesks extends Pick<Bridge, 'desk' | 'start' | 'stop'> {
  /** Takes what a desk posts about one of its cases. */
  takeEvent(request: SignedRequest): Promise<{ id: string; answer: EventAnswer } | BridgeErrorName>;
  /** Takes a webhook of a Chatwoot inbox; undefined when no inbox has this token. */
  takeChatwoot(token: string, request: ChatwootRequest): Promise<WebhookOutcome | undefined>;
}

/** Makes the desks, by their ids. */
export function createOtherDesks(options: ReadonlyMap<string, OtherDeskOptions>, parts: OtherDesksParts): OtherDesks {
  const { clock, timers, cases, fetch: send = fetch } = parts;
  const destinations = new Map([...options].map(([deskId, each]) => [deskId, destinationOf(each, parts)]));
  const bridge = createBridge({ ...parts, destinations });
  const inboxes = new Map(
    [...options].flatMap(([deskId, each]) =>
      each.kind === 'chatwoot' ? [[hash(each.webhookToken), { deskId, inbox: each }] as const] : [],
    ),
  );

  return {
    desk: (deskId) => bridge.desk(deskId),
    start: () => bridge.start(),
    stop: () => bridge.stop(),

    async takeEvent(request) {
      const record = await bridge.findCase(request.caseId);
      const desk = record && options.get(record.deskId);
      if (!record || desk?.kind !== 'webhook') return 'noSuchCase';
      const event = readSignedEvent(request, { secret: desk.secret, nowMs: clock.nowMs() });
      if (typeof event === 'string') return event;
      return { id: event.id, answer: await bridge.take(record, event) };
    },

    async takeChatwoot(token, request) {
      // By hash, so that the time it takes tells nothing of the tokens there are.
      const found = inboxes.get(hash(token));
      if (!found) return undefined;
      const { deskId, inbox } = found;
      const timeout = new AbortController();
      const timer = timers.after(inbox.timeoutMs, () => timeout.abort());
      try {
        return await takeWebhook(request, {
          deskId,
          webhookSecret: inbox.webhookSecret,
          bridge,
          remembered: (caseId) => cases.remembered(caseId),
          api: () => chatwootApi(inbox, { fetch: send, nowMs: clock.nowMs(), signal: timeout.signal }),
          nowMs: clock.nowMs(),
        });
      } finally {
        timer.cancel();
      }
    },
  };
}

function destinationOf(options: OtherDeskOptions, parts: OtherDesksParts): Destination {
  const { timeoutMs, maxTries } = options;
  const carrier =
    options.kind === 'webhook' ? createWebhookCarrier(options, parts) : createChatwootCarrier(options, parts);
  return { carrier, timeoutMs, maxTries };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

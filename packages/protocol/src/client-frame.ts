// The frames that clients write and servers read. Whatever comes in, reading answers with a value.
import { clientEventSchema } from './client-events.ts';
import type { ClientEvent } from './client-events.ts';
import type { Custom } from './envelope.ts';
import { eventForms } from './event-forms.ts';
import type { EventForms } from './event-forms.ts';
import { asJsonObject, isDeeperThan, parseJsonObject } from './json-object.ts';
import { MAX_CUSTOM_BYTES, MAX_OPAQUE_DEPTH } from './limits.ts';
import { serverOnlyTypes } from './server-events.ts';
import { notAllowedText, systemTexts } from './system-messages.ts';
import { exceedsUtf8Bytes } from './utf8-length.ts';
import { wireType } from './wire-names.ts';

/** What a client sent. */
export interface ClientFrame {
  event: ClientEvent;
  custom?: Custom | undefined;
}

/** Why a frame was refused: the text for the client, and the custom data to send back with it. */
export interface Refusal {
  refused: string;
  custom?: Custom | undefined;
}

const clientForms: EventForms<ClientEvent> = eventForms(clientEventSchema.options);
const refusedTypes: ReadonlySet<unknown> = new Set([...serverOnlyTypes].map(wireType));

/** Reads what a client sent, or says why it was refused. Never throws. */
export function decodeClientFrame(text: string): ClientFrame | Refusal {
  const frame = parseJsonObject(text);
  const custom = frame ? readCustom(frame['metadata'], text.length) : 'invalid';
  if (!frame || custom === 'invalid') return { refused: systemTexts.invalidFormat };
  const type = frame['type'];
  if (refusedTypes.has(type)) return { refused: notAllowedText(type as string), custom };
  const event = clientForms.named(type)?.fromPayload(frame['payload'] ?? {});
  return event ? { event, custom } : { refused: systemTexts.invalidFormat, custom };
}

/** Writes what a client sends. */
export function encodeClientFrame(frame: ClientFrame): string {
  const { event, custom } = frame;
  const form = clientForms.of(event);
  return JSON.stringify({ type: form.wireType, payload: form.toPayload(event), metadata: custom && { custom } });
}

function readCustom(metadata: unknown, frameLength: number): Custom | undefined | 'invalid' {
  if (metadata === undefined || metadata === null) return undefined;
  const members = asJsonObject(metadata);
  if (!members) return 'invalid';
  const value = members['custom'];
  if (value === undefined || value === null) return undefined;
  const custom = asJsonObject(value);
  return custom && (isSurelySmall(frameLength) || isSmall(custom)) ? custom : 'invalid';
}

/** No JSON character grows to more than six bytes when it is written again (`1e20` grows the most). */
function isSurelySmall(frameLength: number): boolean {
  return frameLength * 6 <= MAX_CUSTOM_BYTES;
}

function isSmall(custom: Custom): boolean {
  return !isDeeperThan(custom, MAX_OPAQUE_DEPTH) && !exceedsUtf8Bytes(JSON.stringify(custom), MAX_CUSTOM_BYTES);
}

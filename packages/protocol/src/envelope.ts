// Frames to and from text. Nothing else in Parley writes or reads the messaging wire.
import { clientEventSchemas } from './client-events.ts';
import type { ClientEvent } from './client-events.ts';
import { journaledEventSchema, serverOnlyTypes, transientEventSchema } from './server-events.ts';
import type { JournaledEvent, ServerEvent } from './server-events.ts';
import { notAllowedText, systemTexts } from './system-messages.ts';
import { fromWire, fromWireFlat, insideType, toWire, wireType } from './wire-names.ts';

/** Correlation data of the client, echoed as it came. */
export type Custom = Record<string, unknown>;

/** Bytes of `metadata.custom` a client may send. */
export const MAX_CUSTOM_BYTES = 4096;

/** An event as it travels: journaled events have a sequence, transient ones have null. */
export interface Envelope<Event extends ServerEvent = ServerEvent> {
  id: string;
  sequence: number | null;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ` */
  timestamp: string;
  event: Event;
  custom?: Custom | undefined;
}

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

/** Writes one event as a wire frame. Journals keep this text, so replays are equal to the byte. */
export function encodeEvent(envelope: Envelope): string {
  const { type, ...payload } = envelope.event;
  const frame = {
    id: envelope.id,
    sequence: envelope.sequence,
    timestamp: envelope.timestamp,
    type: wireType(type),
    payload: toWire(payload),
  };
  return JSON.stringify(envelope.custom ? { ...frame, metadata: { custom: envelope.custom } } : frame);
}

/** Wraps events that are already encoded in one batch frame, in their order. */
export function encodeBatch(batch: { id: string; timestamp: string }, encodedEvents: readonly string[]): string {
  const head = JSON.stringify({ id: batch.id, sequence: null, timestamp: batch.timestamp, type: wireType('event-batch') });
  return `${head.slice(0, -1)},"payload":{"events":[${encodedEvents.join(',')}]}}`;
}

/** Reads a journaled event back from its text. Throws when the text isn't one: journals hold nothing else. */
export function decodeJournaled(text: string): Envelope<JournaledEvent> & { sequence: number } {
  const frame = readFrame(JSON.parse(text));
  if (!frame || frame.sequence === null) throw new Error('not a journaled event');
  return { ...frame, sequence: frame.sequence, event: journaledEventSchema.parse(frame.event) };
}

/**
 * Reads what a server sent: the events of a batch, or the one event of a frame. Events this version
 * doesn't know are left out; undefined when the text is no frame at all.
 */
export function decodeServerFrame(text: string): Envelope[] | undefined {
  const frame = parseObject(text);
  if (!frame) return undefined;
  if (frame['type'] === wireType('event-batch')) {
    const events = asObject(frame['payload'])?.['events'];
    return Array.isArray(events) ? events.map(readFrame).filter((event) => event !== undefined) : undefined;
  }
  const event = readFrame(frame);
  return event ? [event] : typeof frame['type'] === 'string' ? [] : undefined;
}

/** Reads what a client sent, or says why it was refused. Never throws. */
export function decodeClientFrame(text: string): ClientFrame | Refusal {
  const frame = parseObject(text);
  if (!frame) return { refused: systemTexts.invalidFormat };
  const custom = readCustom(frame['metadata']);
  if (custom === 'invalid') return { refused: systemTexts.invalidFormat };
  const type = typeof frame['type'] === 'string' ? insideType(frame['type']) : undefined;
  if (type !== undefined && serverOnlyTypes.has(type)) return { refused: notAllowedText(wireType(type)), custom };
  const event = type === undefined ? undefined : readClientEvent(type, frame['payload'] ?? {});
  return event ? { event, custom } : { refused: systemTexts.invalidFormat, custom };
}

/** Writes what a client sends. */
export function encodeClientFrame(frame: ClientFrame): string {
  const { type, ...payload } = frame.event;
  const text = { type: wireType(type), payload: toWire(payload) };
  return JSON.stringify(frame.custom ? { ...text, metadata: { custom: frame.custom } } : text);
}

function readClientEvent(type: string, payload: unknown): ClientEvent | undefined {
  if (!Object.hasOwn(clientEventSchemas, type)) return undefined;
  const body = asObject(payload);
  if (!body) return undefined;
  const schema = clientEventSchemas[type as ClientEvent['type']];
  const result = schema.safeParse({ ...fromWireFlat(body), type });
  return result.success ? result.data : undefined;
}

function readFrame(value: unknown): Envelope | undefined {
  const frame = asObject(value);
  if (!frame || typeof frame['id'] !== 'string' || typeof frame['timestamp'] !== 'string') return undefined;
  const type = typeof frame['type'] === 'string' ? insideType(frame['type']) : undefined;
  const sequence = Number.isInteger(frame['sequence']) ? (frame['sequence'] as number) : null;
  const body = { ...(fromWire(asObject(frame['payload']) ?? {}) as object), type };
  const event = (sequence === null ? transientEventSchema : journaledEventSchema).safeParse(body);
  if (!event.success) return undefined;
  const custom = asObject(asObject(frame['metadata'])?.['custom']);
  return { id: frame['id'], sequence, timestamp: frame['timestamp'], event: event.data, ...(custom && { custom }) };
}

function readCustom(metadata: unknown): Custom | undefined | 'invalid' {
  if (metadata === undefined || metadata === null) return undefined;
  const custom = asObject(metadata)?.['custom'];
  if (!asObject(metadata)) return 'invalid';
  if (custom === undefined || custom === null) return undefined;
  const read = asObject(custom);
  return read && JSON.stringify(read).length <= MAX_CUSTOM_BYTES ? read : 'invalid';
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

// What surrounds every event a server sends, and the frames that servers write and clients read.
// Nothing else in Parley writes or reads them.
import { eventForms } from './event-forms.ts';
import type { EventForms } from './event-forms.ts';
import { asJsonObject, parseJsonObject } from './json-object.ts';
import { journaledEventSchema, transientEventSchema } from './server-events.ts';
import type { JournaledEvent, ServerEvent, TransientEvent } from './server-events.ts';
import { wireType } from './wire-names.ts';

/** Correlation data of the client, echoed as it came. */
export type Custom = Record<string, unknown>;

/** An event as it travels: journaled events have a sequence, transient ones have null. */
export interface Envelope<Event extends ServerEvent = ServerEvent> {
  id: string;
  sequence: number | null;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ` */
  timestamp: string;
  event: Event;
  custom?: Custom | undefined;
}

const batchType = wireType('event-batch');
const journaledForms: EventForms<JournaledEvent> = eventForms(journaledEventSchema.options);
const transientForms: EventForms<TransientEvent> = eventForms(transientEventSchema.options);
const serverForms: EventForms<ServerEvent> = eventForms([
  ...transientEventSchema.options,
  ...journaledEventSchema.options,
]);

/** Writes one event as a wire frame. Journals keep this text, so replays are equal to the byte. */
export function encodeEvent(envelope: Envelope): string {
  const { id, sequence, timestamp, event, custom } = envelope;
  const form = serverForms.of(event);
  const payload = form.toPayload(event);
  return JSON.stringify({ id, sequence, timestamp, type: form.wireType, payload, metadata: custom && { custom } });
}

/** Wraps events that are already encoded in one batch frame, in their order. */
export function encodeBatch(batch: { id: string; timestamp: string }, encodedEvents: readonly string[]): string {
  const head = JSON.stringify({ id: batch.id, sequence: null, timestamp: batch.timestamp, type: batchType });
  return `${head.slice(0, -1)},"payload":{"events":[${encodedEvents.join(',')}]}}`;
}

/** Reads a journaled event back from its text. Throws when the text isn't one: journals hold nothing else. */
export function decodeJournaled(text: string): Envelope<JournaledEvent> & { sequence: number } {
  const frame = parseJsonObject(text);
  const sequence = frame?.['sequence'];
  const envelope = frame && isSequence(sequence) && readEnvelope(frame, sequence, journaledForms);
  if (!envelope) throw new Error('not a journaled event');
  return envelope;
}

/**
 * Reads what a server sent: the events of a batch, or the one event of a frame. Events this version
 * doesn't know are left out; undefined when the text is no frame at all.
 */
export function decodeServerFrame(text: string): Envelope[] | undefined {
  const frame = parseJsonObject(text);
  if (typeof frame?.['type'] !== 'string') return undefined;
  if (frame['type'] !== batchType) return readKnown([frame]);
  const events = asJsonObject(frame['payload'])?.['events'];
  return Array.isArray(events) ? readKnown(events) : undefined;
}

function readKnown(frames: readonly unknown[]): Envelope[] {
  return frames.flatMap((value) => {
    const frame = asJsonObject(value);
    if (!frame) return [];
    const sequence = frame['sequence'];
    const envelope = isSequence(sequence)
      ? readEnvelope(frame, sequence, journaledForms)
      : readEnvelope(frame, null, transientForms);
    return envelope ? [envelope] : [];
  });
}

function readEnvelope<Event extends ServerEvent, Sequence extends number | null>(
  frame: Record<string, unknown>,
  sequence: Sequence,
  forms: EventForms<Event>,
): (Envelope<Event> & { sequence: Sequence }) | undefined {
  const { id, timestamp, metadata } = frame;
  const event = forms.named(frame['type'])?.fromPayload(frame['payload'] ?? {});
  if (!event || typeof id !== 'string' || typeof timestamp !== 'string') return undefined;
  const custom = asJsonObject(asJsonObject(metadata)?.['custom']);
  return { id, sequence, timestamp, event, ...(custom && { custom }) };
}

function isSequence(value: unknown): value is number {
  return Number.isInteger(value);
}

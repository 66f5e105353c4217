// The messaging socket as an AsyncAPI 3 document, made from the schemas that the codecs use.
import { encodeClientFrame } from '../client-frame.ts';
import { closeCodes } from '../close-codes.ts';
import { encodeBatch, encodeEvent } from '../envelope.ts';
import { journaledEventSchema } from '../server-events.ts';
import type { ServerEvent } from '../server-events.ts';
import { wireType } from '../wire-names.ts';
import { wireVersion } from '../wire-version.ts';
import { partsOfUrl } from './document-options.ts';
import type { DocumentOptions } from './document-options.ts';
import { clientEventExamples, serverEventExamples } from './event-examples.ts';
import { batchFrameSchema, clientFrameSchemas, serverFrameSchemas } from './frame-schemas.ts';
import type { JsonSchema } from './json-schema.ts';

/** A frame in the document: its schema, and an example as it looks on the wire. */
interface Frame {
  type: string;
  schema: JsonSchema;
  example: unknown;
}

/** The AsyncAPI document of `/ws`. */
export function asyncApiDocument({ version, publicUrl }: DocumentOptions): Record<string, unknown> {
  const { isSecure, host, prefix } = partsOfUrl(publicUrl);
  const fromClient = named('client', clientFrames());
  const fromServer = named('server', serverFrames());
  const all = [...fromClient, ...fromServer];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley Messaging',
      version,
      description: about,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      'x-wire-version': wireVersion,
    },
    defaultContentType: 'application/json',
    servers: {
      parley: { host, protocol: isSecure ? 'wss' : 'ws', ...(prefix !== '' && { pathname: prefix }) },
    },
    channels: {
      messaging: {
        address: '/ws',
        title: 'The socket of a session',
        description: 'One text frame holds one JSON object. Several sockets may be open on one session.',
        messages: Object.fromEntries(all.map(([name]) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: { ws: { method: 'GET', query: connectQuery, bindingVersion: '0.1.0' } },
        'x-close-codes': closeCodes,
      },
    },
    operations: {
      receiveFromClient: operation('receive', 'What clients send.', fromClient),
      sendToClient: operation('send', 'What the server sends.', fromServer),
    },
    components: {
      messages: Object.fromEntries(all.map(([name, frame]) => [name, message(name, frame)])),
      schemas: Object.fromEntries(all.map(([name, frame]) => [name, frame.schema])),
    },
  };
}

const about = [
  'A session is a journal of events. A socket first gets the journal after its cursor as `EVENT_TYPE_EVENT_BATCH`',
  'frames, then every new event. Events with a sequence are stored and replayed; events with a null sequence are',
  'sent once. The echo of an event acknowledges that it is stored. Tokens and sessions come from the REST API',
  '(`/docs/openapi.json`), refused handshakes are plain HTTP answers described there.',
].join(' ');

const connectQuery: JsonSchema = {
  type: 'object',
  properties: {
    session_id: { type: 'string', description: 'The session.' },
    access_token: { type: 'string', description: 'The token that created the session.' },
    auth_token: { type: 'string', description: 'The same under another name.' },
    cursor: {
      type: 'string',
      description: 'The last sequence seen: `12` or `seq:12`. Absent, or of another form: everything is replayed.',
    },
  },
  required: ['session_id'],
  anyOf: [{ required: ['access_token'] }, { required: ['auth_token'] }],
};

const stamp = { id: '8c7f0f3e-52c4-4c53-8d3e-0a5f6f2b9d10', timestamp: '2026-03-14T09:26:53.589Z' };

function clientFrames(): Frame[] {
  const schemas = clientFrameSchemas();
  return Object.values(clientEventExamples).map((event) => ({
    type: event.type,
    schema: schemas[event.type] ?? {},
    example: JSON.parse(encodeClientFrame({ event })),
  }));
}

function serverFrames(): Frame[] {
  const schemas = serverFrameSchemas();
  const journaled = new Set<string>(journaledEventSchema.options.map((schema) => schema.shape.type.value));
  const frames = Object.values(serverEventExamples).map((event) => ({
    type: event.type,
    schema: schemas[event.type] ?? {},
    example: JSON.parse(encoded(event, journaled.has(event.type) ? 7 : null)),
  }));
  const batch = {
    type: 'event-batch',
    schema: batchFrameSchema([...journaled].map((type) => `#/components/schemas/server-${type}`)),
    example: JSON.parse(encodeBatch(stamp, [encoded(serverEventExamples['session-start'], 1)])),
  };
  return [...frames, batch];
}

function encoded(event: ServerEvent, sequence: number | null): string {
  return encodeEvent({ ...stamp, sequence, event });
}

function named(side: string, frames: readonly Frame[]): [name: string, frame: Frame][] {
  return frames.map((frame) => [`${side}-${frame.type}`, frame]);
}

function message(name: string, { type, schema, example }: Frame): object {
  return {
    name: wireType(type),
    title: wireType(type),
    summary: schema.description,
    contentType: 'application/json',
    payload: { $ref: `#/components/schemas/${name}` },
    examples: [{ name, payload: example }],
  };
}

function operation(action: 'send' | 'receive', summary: string, frames: readonly [string, Frame][]): object {
  return {
    action,
    summary,
    channel: { $ref: '#/channels/messaging' },
    messages: frames.map(([name]) => ({ $ref: `#/channels/messaging/messages/${name}` })),
  };
}

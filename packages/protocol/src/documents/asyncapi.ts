// The sockets of messaging, of signaling and of the desk as an AsyncAPI 3 document, made from the schemas that the codecs use.
import { encodeClientFrame } from '../client-frame.ts';
import { closeCodes } from '../close-codes.ts';
import { encodeDeskClientFrame, encodeDeskServerFrame } from '../desk/desk-frames.ts';
import { encodeBatch, encodeEvent } from '../envelope.ts';
import { journaledEventSchema } from '../server-events.ts';
import type { ServerEvent } from '../server-events.ts';
import { encodeSignal } from '../signaling.ts';
import { wireType } from '../wire-names.ts';
import { wireVersion } from '../wire-version.ts';
import { deskClientExamples, deskServerExamples } from './desk-examples.ts';
import { deskClientSchemas, deskServerSchemas } from './desk-schemas.ts';
import { partsOfUrl } from './document-options.ts';
import type { DocumentOptions } from './document-options.ts';
import { clientEventExamples, serverEventExamples } from './event-examples.ts';
import { batchFrameSchema, clientFrameSchemas, serverFrameSchemas } from './frame-schemas.ts';
import type { JsonSchema } from './json-schema.ts';
import { clientSignalExamples, serverSignalExamples } from './signal-examples.ts';
import { clientSignalSchemas, serverSignalSchemas } from './signal-schemas.ts';

/** A frame in the document: its schema, and an example as it looks on the wire. */
interface Frame {
  /** Inside Parley. */
  name: string;
  /** On the wire. */
  type: string;
  schema: JsonSchema;
  example: unknown;
}

/** The AsyncAPI document of `/ws`, `/api/v1/webrtc/signal` and `/api/v1/desk/feed`. */
export function asyncApiDocument({ version, publicUrl }: DocumentOptions): Record<string, unknown> {
  const { isSecure, host, prefix } = partsOfUrl(publicUrl);
  const fromClient = named('client', clientFrames());
  const fromServer = named('server', serverFrames());
  const fromCaller = named('signal-client', clientSignals());
  const toCaller = named('signal-server', serverSignals());
  const fromPerson = named('desk-client', deskClientFrames());
  const toPerson = named('desk-server', deskServerFrames());
  const all = [...fromClient, ...fromServer, ...fromCaller, ...toCaller, ...fromPerson, ...toPerson];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley',
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
        messages: messageRefs([...fromClient, ...fromServer]),
        bindings: { ws: { method: 'GET', query: connectQuery, bindingVersion: '0.1.0' } },
        'x-close-codes': closeCodes,
      },
      signaling: {
        address: '/api/v1/webrtc/signal',
        title: 'The socket of calls',
        description: aboutSignaling,
        messages: messageRefs([...fromCaller, ...toCaller]),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
        'x-close-codes': closeCodes,
      },
      desk: {
        address: '/api/v1/desk/feed',
        title: 'The feed of somebody at the desk',
        description: aboutDesk,
        messages: messageRefs([...fromPerson, ...toPerson]),
        bindings: { ws: { method: 'GET', query: feedQuery, bindingVersion: '0.1.0' } },
        'x-close-codes': closeCodes,
      },
    },
    operations: {
      receiveFromClient: operation('receive', 'messaging', 'What clients send.', fromClient),
      sendToClient: operation('send', 'messaging', 'What the server sends.', fromServer),
      receiveFromCaller: operation('receive', 'signaling', 'What callers send.', fromCaller),
      sendToCaller: operation('send', 'signaling', 'What the server sends to callers.', toCaller),
      receiveFromDesk: operation('receive', 'desk', 'What people at the desk send.', fromPerson),
      sendToDesk: operation('send', 'desk', 'What the server sends to people at the desk.', toPerson),
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

const aboutSignaling = [
  'The handshake needs no credential: an offer carries the token, and later messages the `sessionId` of its answer.',
  'The call outlives the socket; whoever comes back with the `sessionId` has it again. An `error` ends a call in every',
  'client.',
].join(' ');

const aboutDesk = [
  'The handshake carries the cookie of a sign-in (from a page of this server), or its token in `Authorization`; else the',
  'first frame is `authenticate`. News come with a cursor, first of all everything as `desk`. Whoever connects with the',
  'last cursor gets what came after it, each once, or `desk` again when too much did. Commands are answered by `done` or',
  '`refused`, with their id; the same commands exist over REST. Somebody without a feed for a minute is gone, and loses',
  'their chats to the heads of their queues.',
].join(' ');

const feedQuery: JsonSchema = {
  type: 'object',
  properties: { cursor: { type: 'string', description: 'The last one seen.' } },
};

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
    name: event.type,
    type: wireType(event.type),
    schema: schemas[event.type] ?? {},
    example: JSON.parse(encodeClientFrame({ event })),
  }));
}

function serverFrames(): Frame[] {
  const schemas = serverFrameSchemas();
  const journaled = new Set<string>(journaledEventSchema.options.map((schema) => schema.shape.type.value));
  const frames = Object.values(serverEventExamples).map((event) => ({
    name: event.type,
    type: wireType(event.type),
    schema: schemas[event.type] ?? {},
    example: JSON.parse(encoded(event, journaled.has(event.type) ? 7 : null)),
  }));
  const batch = {
    name: 'event-batch',
    type: wireType('event-batch'),
    schema: batchFrameSchema([...journaled].map((type) => `#/components/schemas/server-${type}`)),
    example: JSON.parse(encodeBatch(stamp, [encoded(serverEventExamples['session-start'], 1)])),
  };
  return [...frames, batch];
}

function clientSignals(): Frame[] {
  const schemas = clientSignalSchemas();
  return Object.values(clientSignalExamples).map((signal) => ({
    name: signal.type,
    type: signal.type,
    schema: schemas[signal.type] ?? {},
    example: JSON.parse(encodeSignal(signal)),
  }));
}

function serverSignals(): Frame[] {
  const schemas = serverSignalSchemas();
  return Object.values(serverSignalExamples).map((signal) => ({
    name: signal.type,
    type: signal.type,
    schema: schemas[signal.type] ?? {},
    example: JSON.parse(encodeSignal(signal)),
  }));
}

function deskClientFrames(): Frame[] {
  const schemas = deskClientSchemas();
  return Object.values(deskClientExamples).map((frame) => ({
    name: frame.type,
    type: frame.type,
    schema: schemas[frame.type] ?? {},
    example: JSON.parse(encodeDeskClientFrame(frame)),
  }));
}

function deskServerFrames(): Frame[] {
  const schemas = deskServerSchemas();
  return Object.values(deskServerExamples).map((frame) => ({
    name: frame.type,
    type: frame.type,
    schema: schemas[frame.type] ?? {},
    example: JSON.parse(encodeDeskServerFrame(frame)),
  }));
}

function encoded(event: ServerEvent, sequence: number | null): string {
  return encodeEvent({ ...stamp, sequence, event });
}

function named(side: string, frames: readonly Frame[]): [name: string, frame: Frame][] {
  return frames.map((frame) => [`${side}-${frame.name}`, frame]);
}

function message(name: string, { type, schema, example }: Frame): object {
  return {
    name: type,
    title: type,
    summary: schema.description,
    contentType: 'application/json',
    payload: { $ref: `#/components/schemas/${name}` },
    examples: [{ name, payload: example }],
  };
}

function messageRefs(frames: readonly [string, Frame][]): object {
  return Object.fromEntries(frames.map(([name]) => [name, { $ref: `#/components/messages/${name}` }]));
}

function operation(
  action: 'send' | 'receive',
  channel: 'messaging' | 'signaling' | 'desk',
  summary: string,
  frames: readonly [string, Frame][],
): object {
  return {
    action,
    summary,
    channel: { $ref: `#/channels/${channel}` },
    messages: frames.map(([name]) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
  };
}

import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { clientEventSchema } from '../client-events.ts';
import { decodeClientFrame } from '../client-frame.ts';
import {
  decodeDeskClientFrame,
  decodeDeskServerFrame,
  deskClientFrameSchemas,
  deskServerFrameSchemas,
} from '../desk/desk-frames.ts';
import { decodeServerFrame } from '../envelope.ts';
import { journaledEventSchema, transientEventSchema } from '../server-events.ts';
import { serverSignalSchema } from '../signaling-messages.ts';
import { decodeServerSignal, decodeSignal } from '../signaling.ts';
import { asyncApiDocument } from './asyncapi.ts';

interface Message {
  name: string;
  payload: { $ref: string };
  examples: { payload: unknown }[];
}

const document = asyncApiDocument({ version: '1.2.3', publicUrl: 'https://talk.example.com/chat' });
const messages = (document['components'] as { messages: Record<string, Message> }).messages;

function examplesOf(side: string): [name: string, example: unknown][] {
  return Object.entries(messages)
    .filter(([name]) => name.startsWith(side))
    .flatMap(([name, message]) => message.examples.map(({ payload }): [string, unknown] => [name, payload]));
}

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    formats.default(ajv);
    const check = ajv.compile(specs.schemasWithoutId['3.0.0'] as object);
    expect(check(document) || check.errors).toBe(true);
  });

  it('points only to what is there', () => {
    const refs = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, path = ''] of refs) {
      let found: unknown = document;
      for (const name of path.split('/')) found = (found as Record<string, unknown>)[name];
      expect(found, path).toBeTypeOf('object');
    }
  });

  it.each([
    ['https://talk.example.com', { host: 'talk.example.com', protocol: 'wss' }],
    ['http://127.0.0.1:8080/', { host: '127.0.0.1:8080', protocol: 'ws' }],
    ['https://example.com/talk/', { host: 'example.com', protocol: 'wss', pathname: '/talk' }],
  ])('names the deployment at %s', (publicUrl, parley) => {
    expect(asyncApiDocument({ version: '1.2.3', publicUrl })).toMatchObject({ info: { version: '1.2.3' } });
    expect(asyncApiDocument({ version: '1.2.3', publicUrl })['servers']).toEqual({ parley });
  });

  it('describes every event', () => {
    const server = [...journaledEventSchema.options, ...transientEventSchema.options];
    const expected = [
      ...clientEventSchema.options.map((schema) => `client-${schema.shape.type.value}`),
      ...server.map((schema) => `server-${schema.shape.type.value}`),
      'server-event-batch',
      ...['offer', 'ice-candidate', 'close', 'ping'].map((type) => `signal-client-${type}`),
      ...serverSignalSchema.options.map((schema) => `signal-server-${schema.shape.type.value}`),
      ...deskClientFrameSchemas.map((schema) => `desk-client-${schema.shape.type.value}`),
      ...deskServerFrameSchemas.map((schema) => `desk-server-${schema.shape.type.value}`),
    ];
    expect(new Set(Object.keys(messages))).toEqual(new Set(expected));
  });

  it.each(examplesOf('client'))('has an example of %s that a server reads', (_, example) => {
    expect(decodeClientFrame(JSON.stringify(example))).toHaveProperty('event');
  });

  it.each(examplesOf('server'))('has an example of %s that a client reads', (_, example) => {
    expect(decodeServerFrame(JSON.stringify(example))).toHaveLength(1);
  });

  it.each(examplesOf('signal-client'))('has an example of %s that a server reads', (_, example) => {
    expect(decodeSignal(JSON.stringify(example))).toHaveProperty('type');
  });

  it.each(examplesOf('signal-server'))('has an example of %s that a client reads', (_, example) => {
    expect(decodeServerSignal(JSON.stringify(example))).toEqual(example);
  });

  it.each(examplesOf('desk-client'))('has an example of %s that a server reads', (_, example) => {
    expect(decodeDeskClientFrame(JSON.stringify(example))).toHaveProperty('type');
  });

  it.each(examplesOf('desk-server'))('has an example of %s that a client reads', (_, example) => {
    expect(decodeDeskServerFrame(JSON.stringify(example))).toHaveProperty('type');
  });

  it('has examples that follow their schemas', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'https://example.com/asyncapi', ...document });
    for (const [name, message] of Object.entries(messages)) {
      const check = ajv.compile({ $ref: `https://example.com/asyncapi${message.payload.$ref}` });
      for (const { payload } of message.examples) expect(check(payload) || check.errors, name).toBe(true);
      expect(check({ ...(message.examples[0]?.payload as object), type: 'EVENT_TYPE_OTHER' }), name).toBe(false);
    }
  });
});

import { validate } from '@readme/openapi-parser';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { chatErrors } from '../chat-errors.ts';
import { bridgeErrors } from '../desk-bridge/index.ts';
import { deskErrors } from '../desk/desk-errors.ts';
import { handoffStateErrors } from '../handoff-state.ts';
import { restErrors } from '../rest-errors.ts';
import { openApiDocument } from './openapi.ts';

const document = openApiDocument({ version: '1.2.3', publicUrl: 'https://talk.example.com/chat/' });

interface Content {
  schema: { $ref?: string };
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** Every body in the document, with the place it stands in. */
function contents(part: unknown, path = ''): [path: string, content: Content][] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    name === 'application/json' ? [[path, value as Content]] : contents(value, `${path}/${name}`),
  );
}

const bodies = [...contents(document['paths']), ...contents(document['webhooks'])];

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await validate(structuredClone(document) as never);
    expect(result).toMatchObject({ valid: true, warnings: [] });
  });

  it('names the deployment that serves it', () => {
    expect(document).toMatchObject({ info: { version: '1.2.3' }, servers: [{ url: 'https://talk.example.com/chat' }] });
  });

  it('survives being sent', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('describes every error that belongs to an endpoint', () => {
    const told = new Set(
      bodies.flatMap(([, { examples = {} }]) => Object.values(examples).map(({ value }) => errorText(value))),
    );
    // Those three belong to no endpoint in particular.
    const { notFound: _1, methodNotAllowed: _2, internal: _3, ...ofEndpoints } = restErrors;
    for (const errors of [ofEndpoints, chatErrors, handoffStateErrors, bridgeErrors, deskErrors]) {
      for (const error of Object.values(errors)) expect(told).toContain(error.text);
    }
  });

  it('has examples that follow their schemas', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'https://example.com/openapi', ...document });
    const withExamples = bodies.filter(([, { schema }]) => schema.$ref);
    expect(withExamples.length).toBeGreaterThan(40);
    for (const [path, { schema, example, examples = {} }] of withExamples) {
      const check = ajv.compile({ $ref: `https://example.com/openapi${schema.$ref}` });
      const values = example === undefined ? Object.values(examples).map(({ value }) => value) : [example];
      expect(values.length, path).toBeGreaterThan(0);
      for (const value of values) expect(check(value) || check.errors, path).toBe(true);
    }
  });

  it('refuses what the schemas refuse', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'https://example.com/openapi', ...document });
    const check = ajv.compile({ $ref: 'https://example.com/openapi#/components/schemas/ChatRespondRequest' });
    expect(check({ conversation_id: 'c1' })).toBe(true);
    expect(check({ conversationId: 'c1' })).toBe(false);
  });

  it('leaves opaque members in their own spelling', () => {
    expect(document).toMatchObject({
      components: {
        schemas: {
          ChatCreateRequest: { properties: { integration_attributes: { type: 'object' } } },
          Health: { properties: { activeSessions: { type: 'integer' } } },
        },
      },
    });
  });
});

function errorText(value: unknown): unknown {
  const body = value as { error?: unknown; error_message?: unknown };
  return body.error ?? body.error_message;
}

// The pieces that OpenAPI operations are made of.
import type { WireError } from '../rest-errors.ts';
import type { BodyName } from './body-schemas.ts';

/** A piece of an OpenAPI document. */
export type Part = Record<string, unknown>;

/** An error as the document shows it: which one, and the body it is answered with. */
export interface ErrorBodies {
  schema: BodyName;
  encode(error: WireError): string;
}

/** A JSON body with an example, which is given as the text that goes over the wire. */
export function jsonBodyOf(schema: BodyName, exampleText: string): Part {
  return { 'application/json': { schema: refTo('schemas', schema), example: JSON.parse(exampleText) } };
}

/** A request body. All of them may be absent unless said otherwise. */
export function requestBody(schema: BodyName, exampleText: string, required = false): Part {
  return { required, content: jsonBodyOf(schema, exampleText) };
}

/** A successful answer with a JSON body. */
export function answer(description: string, schema: BodyName, exampleText: string): Part {
  return { description, headers: correlated, content: jsonBodyOf(schema, exampleText) };
}

/** A successful answer without a body that programs read. */
export function bareAnswer(description: string, content?: Part): Part {
  return { description, headers: correlated, ...(content && { content }) };
}

/** The answers to `errors`: one per status, with an example for each error. */
export function errorAnswers(errors: readonly WireError[], bodies: ErrorBodies): Record<string, Part> {
  const answers: Record<string, Part> = {};
  for (const [status, alike] of Map.groupBy(errors, (error) => error.status)) {
    const examples = alike.map((error) => [
      error.code,
      { summary: error.text, value: JSON.parse(bodies.encode(error)) },
    ]);
    answers[status] = {
      description: alike.map((error) => `\`${error.text}\``).join(', '),
      headers: status === 429 ? { ...correlated, 'Retry-After': refTo('headers', 'RetryAfter') } : correlated,
      content: {
        'application/json': { schema: refTo('schemas', bodies.schema), examples: Object.fromEntries(examples) },
      },
    };
  }
  return answers;
}

/** A reference to a component. */
export function refTo(kind: 'schemas' | 'parameters' | 'headers', name: string): Part {
  return { $ref: `#/components/${kind}/${name}` };
}

const correlated: Part = { 'X-PolyAI-Correlation-Id': refTo('headers', 'CorrelationId') };

// What went wrong with a language model, in terms of agents. Vendors' errors carry whole prompts, so nothing of
// them but statuses and error codes is kept.
import { APICallError } from '@ai-sdk/provider';
import { AgentError, type AgentErrorCode } from '../../ports/chat-agent.ts';
import type { RetryAdvice } from '../../with-retries.ts';

/** A failed call of a model. */
export class ModelFailure extends AgentError {
  /** Whether the call may be made again, as long as nothing of its answer has been used. */
  readonly advice: RetryAdvice;

  constructor(code: AgentErrorCode, message: string, advice: RetryAdvice = { retry: false }) {
    super(code, message);
    this.advice = advice;
  }
}

/** Names a vendor's error, thrown or found in a stream. */
export function modelFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (APICallError.isInstance(error)) return failedCall(error);
  const codes = codesIn(error);
  if (!codes.some(isOverload)) return brokenOff(codes);
  return new ModelFailure('overloaded', `the model is overloaded${listed(codes)}`, { retry: true, retryAfter: null });
}

/** The failure of an answer that ended before it was complete, or made no sense. */
export function brokenOff(codes: readonly string[] = []): ModelFailure {
  return new ModelFailure('broken', `the model's answer broke off${listed(codes)}`);
}

function failedCall(error: APICallError): ModelFailure {
  const { statusCode, responseHeaders = {}, isRetryable, data } = error;
  const advice: RetryAdvice = isRetryable
    ? { retry: true, retryAfter: responseHeaders['retry-after'] ?? null }
    : { retry: false };
  if (statusCode === undefined) return new ModelFailure('no-reply', "the model can't be reached", advice);
  if (statusCode < 300) return brokenOff();
  const codes = codesIn(data);
  const message = `the model's endpoint answered ${statusCode}${listed(codes)}`;
  const overloaded = codes.some(isOverload) || isOverload(String(statusCode));
  return new ModelFailure(overloaded ? 'overloaded' : 'no-reply', message, advice);
}

function isOverload(code: string): boolean {
  return /^(429|503|529|overloaded_error|rate_limit_(error|exceeded)|RESOURCE_EXHAUSTED|UNAVAILABLE)$/.test(code);
}

/** The identifiers in the error object that vendors send: short words, never sentences. */
function codesIn(data: unknown): string[] {
  if (data === null || typeof data !== 'object') return [];
  const { error, type, code, status } = data as Record<string, unknown>;
  const own = [type, code, status].map((value) => (typeof value === 'number' ? String(value) : value));
  const words = own.filter((value): value is string => typeof value === 'string' && /^\w{1,64}$/.test(value));
  return [...new Set([...codesIn(error), ...words])];
}

function listed(codes: readonly string[]): string {
  return codes.length > 0 ? ` (${codes.join(', ')})` : '';
}

// Reads what a desk posts: an event of one of its cases, signed by it.
import { decodeBridgeEvent } from '@parley/protocol';
import type { BridgeErrorName, BridgeEvent } from '@parley/protocol';
import { isSigned } from '../../../kit/index.ts';

/** A request as it came. */
export interface SignedRequest {
  caseId: string;
  body: string;
  /** `X-Parley-Signature`. */
  signature: string | undefined;
  /** `Idempotency-Key`. */
  idempotencyKey: string | undefined;
}

/**
 * The event, or why it isn't taken. What makes an event that event (its id, its case) is under the signature, so that
 * nobody can post it again as another one, or to another case.
 */
export function readSignedEvent(
  { caseId, body, signature, idempotencyKey }: SignedRequest,
  by: { secret: string; nowMs: number },
): BridgeEvent | BridgeErrorName {
  if (!isSigned(body, signature, by)) return 'wrongSignature';
  const event = decodeBridgeEvent(body);
  if (!event || event.caseId !== caseId) return 'invalidEvent';
  if (idempotencyKey !== undefined && idempotencyKey !== event.id) return 'invalidEvent';
  return event;
}

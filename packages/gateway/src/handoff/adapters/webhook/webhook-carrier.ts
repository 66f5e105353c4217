// Tells a desk at a URL, by signed requests.
import { encodeBridgeTyping } from '@parley/protocol';
import { sign } from '../../../kit/index.ts';
import type { Clock } from '../../../kit/index.ts';
import { outcomeOf, outcomeWithoutAnswer } from '../../deliveries/http-outcome.ts';
import type { Carrier } from '../../ports/carrier.ts';

/** Where the desk is, and the secret it shares with Parley. */
export interface WebhookTarget {
  url: string;
  secret: string;
}

/** Makes the carrier. `fetch`: in place of the real one. */
export function createWebhookCarrier(
  { url, secret }: WebhookTarget,
  { clock, fetch: send = fetch }: { clock: Clock; fetch?: typeof fetch | undefined },
): Carrier {
  async function post(body: string, { id, type }: { id: string; type: string }, signal: AbortSignal) {
    const response = await send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-parley-event': type,
        'x-parley-signature': sign(body, secret, clock.nowMs()),
      },
      body,
      // What is signed goes where the operator said, and nowhere else.
      redirect: 'manual',
      signal,
    });
    await response.body?.cancel();
    return response;
  }

  return {
    accepts: false,
    async deliver({ body, delivery, signal }) {
      try {
        return outcomeOf(await post(body, delivery, signal), clock.nowMs());
      } catch {
        return outcomeWithoutAnswer(signal);
      }
    },
    async typing(typing, _remembered, signal) {
      await post(encodeBridgeTyping(typing), typing, signal);
    },
  };
}

// A desk behind `fetch`: remembers what it was told, and answers as the test wants.
import { decodeBridgeDelivery } from '@parley/protocol';
import type { BridgeDelivery } from '@parley/protocol';

/** One request. */
export interface Told {
  headers: Headers;
  body: string;
  /** Undefined when it isn't a delivery, as the user's typing. */
  delivery: BridgeDelivery | undefined;
}

/** How a request is answered: with a status, a whole answer, or never. */
export type Answer = number | Response | 'never';

/** The desk. */
export interface DeskStub {
  fetch: typeof fetch;
  /** Everything, in order. */
  readonly told: Told[];
  /** What was told since this was read before: `1 requested`, `2 user_message "text"`, `user_typing STARTED`. */
  news(): string[];
  /** How the next requests are answered; 200 when nothing is said. */
  answerNext(...answers: Answer[]): void;
  /** How all are answered that nothing else is said of. */
  always: Answer;
}

/** Makes a desk. */
export function deskStub(): DeskStub {
  const told: Told[] = [];
  const answers: Answer[] = [];
  let read = 0;
  const stub: DeskStub = {
    told,
    always: 200,
    answerNext: (...next) => void answers.push(...next),
    news() {
      const news = told.slice(read).map(lineOf);
      read = told.length;
      return news;
    },
    async fetch(_url, init) {
      const body = typeof init?.body === 'string' ? init.body : '';
      told.push({ headers: new Headers(init?.headers), body, delivery: decodeBridgeDelivery(body) });
      const answer = answers.shift() ?? stub.always;
      if (answer === 'never') return untilAborted(init?.signal);
      return typeof answer === 'number' ? new Response(null, { status: answer }) : answer;
    },
  };
  return stub;
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });
}

function lineOf({ delivery, body }: Told): string {
  if (!delivery) {
    const { type, state } = JSON.parse(body) as { type: string; state: string };
    return `${type} ${state.slice('TYPING_STATE_'.length)}`;
  }
  const { number, type } = delivery;
  if (delivery.type === 'user_message') return `${number} ${type} "${delivery.line.text}"`;
  return delivery.type === 'ended' ? `${number} ${type} ${delivery.reason}` : `${number} ${type}`;
}

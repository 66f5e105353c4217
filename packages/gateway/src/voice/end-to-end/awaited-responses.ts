// Tells when a response that was asked for has been heard, or won't be.

export interface AwaitedResponses {
  /** Resolves when the response of this wish is over and heard, or fell away. */
  heard(wishId: string): Promise<void>;
  began(wishId: string | null, responseId: string): void;
  /** The response is over; `isHeard` resolves when its last line is. */
  over(responseId: string, isHeard: Promise<void>): void;
  /** Wishes that haven't begun and aren't among these have fallen away. */
  keep(wishIds: readonly string[]): void;
  /** Nothing will be heard any more. */
  close(): void;
}

export function createAwaitedResponses(): AwaitedResponses {
  /** By wish; `responseId` once the response has begun. */
  const awaited = new Map<string, { responseId: string | null; resolve: () => void }>();

  function settle(wishId: string): void {
    awaited.get(wishId)?.resolve();
    awaited.delete(wishId);
  }

  return {
    heard: (wishId) => new Promise((resolve) => awaited.set(wishId, { responseId: null, resolve })),
    began(wishId, responseId) {
      const found = wishId === null ? undefined : awaited.get(wishId);
      if (found) found.responseId = responseId;
    },
    over(responseId, isHeard) {
      for (const [wishId, wanted] of awaited) {
        if (wanted.responseId === responseId) void isHeard.then(() => settle(wishId));
      }
    },
    keep(wishIds) {
      for (const [wishId, { responseId }] of awaited) {
        if (responseId === null && !wishIds.includes(wishId)) settle(wishId);
      }
    },
    close() {
      for (const wishId of awaited.keys()) settle(wishId);
    },
  };
}

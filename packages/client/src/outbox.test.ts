import { describe, expect, it } from 'vitest';
import { abandoned, acknowledged, deliver, disconnected, refused, retried, write } from './outbox.ts';
import type { Outbox } from './outbox.ts';

const oneMessage = write([], { localId: 'L1', text: 'Hello', writtenMs: 0 });

/** Delivers at each of the given times and says how often something went out. */
function sendsAt(outbox: Outbox, timesMs: number[]): { sends: number[]; outbox: Outbox } {
  let current = outbox;
  const sends = timesMs.map((nowMs) => {
    const delivery = deliver(current, nowMs);
    current = delivery.outbox;
    return delivery.send.length;
  });
  return { sends, outbox: current };
}

describe('outbox', () => {
  it('sends at once and again after 5, 10 and 20 s', () => {
    const timesMs = [0, 4_999, 5_000, 9_999, 10_000, 19_999, 20_000, 34_999];
    expect(sendsAt(oneMessage, timesMs).sends).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('gives a message up after 35 s', () => {
    const { outbox } = sendsAt(oneMessage, [0, 5_000, 10_000, 20_000, 35_000]);
    expect(outbox[0]).toMatchObject({ state: 'failed', problem: 'no-answer' });
    expect(deliver(outbox, 36_000).send).toEqual([]);
  });

  it('says when to look again', () => {
    const first = deliver(oneMessage, 0);
    expect(first.lookAgainInMs).toBe(5_000);
    expect(deliver(first.outbox, 2_000).lookAgainInMs).toBe(3_000);
    expect(deliver([], 0).lookAgainInMs).toBeUndefined();
  });

  it('keeps the order in which messages were written', () => {
    const two = write(oneMessage, { localId: 'L2', text: 'World', writtenMs: 1 });
    expect(deliver(two, 5).send.map((message) => message.localId)).toEqual(['L1', 'L2']);
  });

  it('a lost socket stops the clock: the message goes out anew on the next one, however late', () => {
    const sent = deliver(oneMessage, 0).outbox;
    const offline = disconnected(sent);
    expect(offline[0]?.state).toBe('waiting');
    const again = deliver(offline, 600_000);
    expect(again.send).toHaveLength(1);
    expect(again.lookAgainInMs).toBe(5_000);
  });

  it('the echo empties it, also after it was given up', () => {
    const failed = sendsAt(oneMessage, [0, 35_000]).outbox;
    expect(failed[0]?.state).toBe('failed');
    expect(acknowledged(failed, 'L1')).toEqual([]);
    expect(acknowledged(failed, 'L2')).toBe(failed);
  });

  it('a failed message is retried under its own id', () => {
    const failed = sendsAt(oneMessage, [0, 35_000]).outbox;
    const { send } = deliver(retried(failed, 'L1'), 50_000);
    expect(send).toMatchObject([{ localId: 'L1', text: 'Hello', state: 'sending' }]);
    expect(send[0]).not.toHaveProperty('problem');
  });

  it('only failed messages can be retried', () => {
    const sent = deliver(oneMessage, 0).outbox;
    expect(retried(sent, 'L1')).toEqual(sent);
  });

  it('what the server refuses fails at once', () => {
    expect(refused(oneMessage, 'L1', 'too-large')[0]).toMatchObject({ state: 'failed', problem: 'too-large' });
  });

  it('nothing is under way when the conversation is over', () => {
    expect(abandoned(oneMessage)[0]).toMatchObject({ state: 'failed', problem: 'conversation-over' });
  });
});

import { describe, expect, it } from 'vitest';
import type { DeliveryRecord } from '../ports/delivery-store.ts';
import { afterTry, waitAfter } from './retry.machine.ts';

const record: DeliveryRecord = {
  id: 'd1',
  caseId: 'c1',
  number: 1,
  type: 'requested',
  body: '{}',
  sequence: null,
  status: 'waiting',
  tries: 2,
  createdMs: 0,
  triedMs: 5,
  dueMs: 5,
  answer: '500',
};
const at = { nowMs: 1_000, maxTries: 4 };

describe('after a try', () => {
  it.each(['delivered', 'refused'] as const)('that was %s nothing follows', (result) => {
    const after = afterTry(record, { result, answer: '2' }, at);
    expect(after).toEqual({ ...record, status: result, tries: 3, triedMs: 1_000, answer: '2' });
  });

  it('that failed the next one waits', () => {
    const after = afterTry(record, { result: 'failed', answer: 'timeout' }, at);
    expect(after).toMatchObject({ status: 'waiting', tries: 3, dueMs: 5_000, answer: 'timeout' });
  });

  it('that failed and was the last it is given up', () => {
    const after = afterTry({ ...record, tries: 3 }, { result: 'failed', answer: '500' }, at);
    expect(after).toMatchObject({ status: 'given-up', tries: 4 });
  });
});

describe('the wait', () => {
  it('doubles from 1 s to 5 min', () => {
    expect([1, 2, 3, 9, 10, 50].map((tries) => waitAfter(tries) / 1000)).toEqual([1, 2, 4, 256, 300, 300]);
  });

  it('is what the desk asks for, when that is longer, and never more than 5 min', () => {
    expect([waitAfter(1, 20_000), waitAfter(6, 20_000), waitAfter(1, 3_600_000)]).toEqual([20_000, 32_000, 300_000]);
  });
});

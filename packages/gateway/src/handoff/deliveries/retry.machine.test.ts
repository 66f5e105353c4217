import { describe, expect, it } from 'vitest';
import type { DeliveryRecord } from '../ports/delivery-store.ts';
import { afterTry, showsDeskGone, waitAfter } from './retry.machine.ts';

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

describe('that the desk is gone', () => {
  const told = { ...record, type: 'user_message' } as const;

  it.each<[string, Partial<DeliveryRecord>]>([
    ['a delivery that is given up', { status: 'given-up', answer: 'timeout' }],
    ['an answer of 404', { status: 'refused', answer: '404' }],
    ['an answer of 410', { status: 'refused', answer: '410' }],
    ['a request that is refused', { type: 'requested', status: 'refused', answer: '422' }],
  ])('is shown by %s', (_, delivery) => {
    expect(showsDeskGone({ ...told, ...delivery })).toBe(true);
  });

  it.each<[string, Partial<DeliveryRecord>]>([
    ['a delivery that waits', { status: 'waiting', answer: '404' }],
    ['a message that is refused', { status: 'refused', answer: '413' }],
    ['a delivery that is made', { status: 'delivered', answer: '200' }],
    ['one that was not tried', { status: 'dropped', answer: null }],
  ])('is not shown by %s', (_, delivery) => {
    expect(showsDeskGone({ ...told, ...delivery })).toBe(false);
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

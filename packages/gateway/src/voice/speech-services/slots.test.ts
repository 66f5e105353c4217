import { expect, it } from 'vitest';
import { Slots } from './slots.ts';

const { signal } = new AbortController();

it('lets so many in, and the others in their order as places become free', async () => {
  const slots = new Slots(2);
  const order: string[] = [];
  const first = await slots.take(signal);
  const second = await slots.take(signal);
  const third = slots.take(signal).then(() => order.push('third'));
  const fourth = slots.take(signal).then(() => order.push('fourth'));
  await Promise.resolve();
  expect(order).toEqual([]);
  first();
  await third;
  second();
  await fourth;
  expect(order).toEqual(['third', 'fourth']);
});

it('gives a place back once, however often it is told', async () => {
  const slots = new Slots(1);
  const release = await slots.take(signal);
  release();
  release();
  await slots.take(signal);
  let isIn = false;
  void slots.take(signal).then(() => (isIn = true));
  await Promise.resolve();
  expect(isIn).toBe(false);
});

it('lets an aborted wait end without a place', async () => {
  const slots = new Slots(1);
  const release = await slots.take(signal);
  const impatient = new AbortController();
  const left = slots.take(impatient.signal);
  const next = slots.take(signal);
  impatient.abort();
  (await left)();
  release();
  expect(await next).toBeTypeOf('function');
  expect(await slots.take(AbortSignal.abort())).toBeTypeOf('function');
});

// What the desk measures, by queue.
import { expect, it } from 'vitest';
import { promMeter } from '../../src/ops/index.ts';
import { deskHouse, grace } from './desk-house.ts';

async function measured() {
  const meter = promMeter({ processMetrics: false });
  const house = await deskHouse({ meter });
  const lines = async (pattern: RegExp): Promise<string[]> =>
    (await meter.text()).split('\n').filter((line) => !line.startsWith('#') && pattern.test(line));
  return { house, lines };
}

it('counts who waits, how long, until the first words, and for how long people are at it', async () => {
  const { house, lines } = await measured();
  const desk = house.connect(grace);
  const visitor = await house.waiting();
  await house.waiting();
  expect(await lines(/^parley_desk_waiting/)).toEqual(['parley_desk_waiting{queue="general"} 2']);
  await house.pass(20);
  await desk.do({ type: 'accept', sessionId: visitor.id });
  await house.pass(5);
  await desk.do({ type: 'send', sessionId: visitor.id, clientId: 'c', text: 'Hi' });
  await house.pass(30);
  await desk.do({ type: 'leave', sessionId: visitor.id });
  await house.pass(0);
  expect(await lines(/^parley_desk_.*_sum/)).toEqual([
    'parley_desk_wait_seconds_sum{queue="general"} 20',
    'parley_desk_first_reply_seconds_sum{queue="general"} 25',
    'parley_desk_handle_seconds_sum{queue="general"} 35',
  ]);
  expect(await lines(/^parley_desk_waiting/)).toEqual(['parley_desk_waiting{queue="general"} 1']);
});

it('tells how hand-offs went, so that the abandon rate can be told; queues that agents make up share a label', async () => {
  const { house, lines } = await measured();
  const desk = house.connect(grace);
  const answered = await house.waiting();
  await desk.do({ type: 'accept', sessionId: answered.id });
  await answered.end();
  const abandoned = await house.waiting();
  await abandoned.end();
  const dismissed = await house.waiting();
  await desk.do({ type: 'dismiss', sessionId: dismissed.id });
  await house.waiting('Billing');
  await house.waiting('Made-up');
  await house.pass(300);
  expect(await lines(/^parley_desk_handoffs_total/)).toEqual([
    'parley_desk_handoffs_total{queue="general",outcome="answered"} 1',
    'parley_desk_handoffs_total{queue="general",outcome="abandoned"} 1',
    'parley_desk_handoffs_total{queue="general",outcome="dismissed"} 1',
    'parley_desk_handoffs_total{queue="billing",outcome="timed-out"} 1',
    'parley_desk_handoffs_total{queue="other",outcome="timed-out"} 1',
  ]);
});

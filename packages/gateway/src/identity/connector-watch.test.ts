import { expect, it } from 'vitest';
import { FakeTime, silentLog } from '../kit/index.ts';
import { ConnectorWatch } from './connector-watch.ts';
import type { Connector } from './connector.ts';

interface Scene {
  time: FakeTime;
  watch: ConnectorWatch;
  present: Set<string>;
  /** Ids that were looked for. */
  asked: string[];
  errors: string[];
  fail(error: Error | null): void;
}

function scene(): Scene {
  const time = new FakeTime();
  const present = new Set(['web', 'app']);
  const asked: string[] = [];
  const errors: string[] = [];
  let failure: Error | null = null;
  const byId = async (id: string): Promise<Connector | undefined> => {
    asked.push(id);
    if (failure) throw failure;
    return present.has(id) ? ({ id } as Connector) : undefined;
  };
  const log = { ...silentLog, error: (_: unknown, text: string) => void errors.push(text) };
  const watch = new ConnectorWatch({ connectors: { byId }, timers: time, log });
  return { time, watch, present, asked, errors, fail: (error) => (failure = error) };
}

/** Lets a look come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function pass(ms: number, { time }: Scene): Promise<void> {
  time.advance(ms);
  await settle();
}

it('a connector is gone from the look after its removal on, and there again when it is made anew', async () => {
  const house = scene();
  const web = house.watch.watch('web');
  house.present.delete('web');
  expect(web.isThere).toBe(true);
  await pass(2_000, house);
  expect([web.isThere, house.watch.watch('web').isThere]).toEqual([false, false]);
  house.present.add('web');
  await pass(2_000, house);
  expect(web.isThere).toBe(true);
});

it('each connector is looked for once every two seconds, however often it was asked for, and none that nobody uses', async () => {
  const house = scene();
  for (let count = 0; count < 1_000; count++) house.watch.watch('web');
  await pass(1_999, house);
  expect(house.asked).toEqual([]);
  await pass(1, house);
  await pass(2_000, house);
  expect(house.asked).toEqual(['web', 'web']);
});

it('nobody is taken for gone while it cannot be told', async () => {
  const house = scene();
  const web = house.watch.watch('web');
  house.fail(new Error('disk on fire'));
  await pass(2_000, house);
  expect([web.isThere, house.errors]).toEqual([true, ['Connectors could not be looked for']]);
  house.fail(null);
  house.present.delete('web');
  await pass(2_000, house);
  expect(web.isThere).toBe(false);
});

it('whoever has stopped looks no more', async () => {
  const house = scene();
  house.watch.watch('web');
  house.watch.stop();
  await pass(10_000, house);
  expect(house.asked).toEqual([]);
});

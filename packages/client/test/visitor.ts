// A client at a fake gateway, under fake time.
import { createParleyClient } from '../src/client.ts';
import type { ParleyClient } from '../src/client.ts';
import { memoryStorage } from '../src/ports/storage.ts';
import { FakeGateway } from './fake-gateway.ts';
import { FakeTime, settled } from './fake-time.ts';

export interface Visitor {
  gateway: FakeGateway;
  time: FakeTime;
  client: ParleyClient;
  /** Another page of the same browser tab: what a reload makes. */
  reload: () => ParleyClient;
}

/** A client that is connected and talks with the agent, unless `start` is false. */
export async function visit({ start = true } = {}): Promise<Visitor> {
  const gateway = new FakeGateway();
  const time = new FakeTime();
  const storage = memoryStorage();
  let ids = 0;
  const newClient = (): ParleyClient =>
    createParleyClient({
      baseUrl: 'http://gateway.test',
      token: 'ct_1',
      host: 'shop.example',
      storage,
      time,
      random: () => 0.5,
      newId: () => `L${++ids}`,
      fetch: gateway.fetch,
      openSocket: gateway.openSocket,
    });
  const client = newClient();
  if (start) client.start();
  await settled();
  return { gateway, time, client, reload: newClient };
}

/** The texts of the timeline, and the kinds of what has none. */
export function shown(client: ParleyClient): string[] {
  return client.snapshot().timeline.items.map((item) => ('text' in item ? item.text : item.event.type));
}

/** The texts and states of what the user wrote and the server hasn't acknowledged. */
export function pending(client: ParleyClient): string[] {
  return client.snapshot().pending.map((message) => `${message.text}: ${message.state}`);
}

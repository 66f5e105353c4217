// Whatever the network does, in the end the client shows the journal: nothing lost, nothing twice.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentMessage, chunk } from '../test/events.ts';
import { settled } from '../test/fake-time.ts';
import { visit } from '../test/visitor.ts';
import type { Visitor } from '../test/visitor.ts';
import { emptyJournal, receive } from './timeline/journal.ts';

type Happening =
  | { do: 'agent-says' | 'chunk' | 'user-says' | 'repeat' | 'drop' | 'network-back' }
  | { do: 'fault'; fault: 'down' | 'deaf' | 'mute' | 'handshakes' }
  | { do: 'wait'; ms: number };

const happenings = fc.array(
  fc.oneof(
    fc.constantFrom<Happening>(
      { do: 'agent-says' },
      { do: 'chunk' },
      { do: 'user-says' },
      { do: 'repeat' },
      { do: 'drop' },
      { do: 'network-back' },
    ),
    fc.record({ do: fc.constant('fault'), fault: fc.constantFrom('down', 'deaf', 'mute', 'handshakes') } as const),
    fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(0, 100, 1_000, 5_000, 40_000) } as const),
  ),
  { maxLength: 40 },
);

async function happen({ gateway, time, client }: Visitor, happening: Happening, count: number): Promise<void> {
  const { faults } = gateway;
  switch (happening.do) {
    case 'agent-says':
      return void gateway.publish(agentMessage(`m${count}`, `Message ${count}`));
    case 'chunk':
      return void gateway.publish(
        chunk(`c${count - (count % 3)}`, (count % 3) + 1, `piece ${count} `, count % 3 === 2),
      );
    case 'user-says':
      return void client.sendText(`User ${count}`);
    case 'repeat':
      return gateway.repeat([1, count, count + 1]);
    case 'drop':
      return gateway.drop(1006);
    case 'network-back':
      client.checkConnection();
      return client.retryConnection();
    case 'fault':
      faults[happening.fault] = !faults[happening.fault];
      return;
    case 'wait':
      return time.advance(happening.ms);
  }
}

/** Everything works again, and there was time to notice. */
async function heal({ gateway, time, client }: Visitor): Promise<void> {
  Object.assign(gateway.faults, { down: false, deaf: false, mute: false, handshakes: false });
  for (const { localId } of client.snapshot().pending) client.retryMessage(localId);
  client.retryConnection();
  client.checkConnection();
  await settled();
  await time.advance(120_000);
  client.retryConnection();
  await time.advance(60_000);
}

describe('a client on a bad network', () => {
  it(
    'ends with the timeline of the journal, and every message of the user in it once',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(happenings, async (list) => {
          const visitor = await visit();
          for (const [count, happening] of list.entries()) {
            await happen(visitor, happening, count);
            await settled();
          }
          await heal(visitor);

          const { gateway, client } = visitor;
          const { journal } = gateway.session;
          expect(gateway.sessions.size).toBe(1);
          expect(client.snapshot().connection.at).toBe('open');
          expect(client.snapshot().timeline).toEqual(journal.reduce(receive, emptyJournal).timeline);
          const written = list.flatMap((happening, count) => (happening.do === 'user-says' ? [`User ${count}`] : []));
          const arrived = journal.flatMap(({ event }) => (event.type === 'user-message' ? [event.text] : []));
          expect(arrived.toSorted()).toEqual(written.toSorted());
          expect(client.snapshot().pending).toEqual([]);
        }),
        { numRuns: 400 },
      );
    },
  );
});

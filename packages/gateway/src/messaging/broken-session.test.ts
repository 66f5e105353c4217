// What becomes of a session when the store refuses to write.
import { describe, expect, it } from 'vitest';
import type { Participant } from './ports/participant.ts';
import { conversation, settle } from './test/messaging-house.ts';
import type { Conversation } from './test/messaging-house.ts';

/** A conversation whose commits are the test's. */
async function held(...participants: Participant[]): Promise<Conversation> {
  const scene = await conversation(1, { participants });
  scene.house.store.holdWrites = true;
  return scene;
}

describe('a session whose journal cannot be written', () => {
  it('shows nothing of it, closes its sockets with 1011 and takes no more commands', async () => {
    const { house, session, client } = await held();
    const other = house.connect(session);
    await settle();
    client.send({ type: 'user-message', text: 'Hi.' });
    client.send({ type: 'user-message', text: 'Hello?' });
    house.store.refuse();
    expect(client.socket.closedWith?.code).toBe(1011);
    expect(other.socket.closedWith?.code).toBe(1011);
    expect(client.socket.lines).toEqual([]);
    const appends = house.store.appends.length;
    client.send({ type: 'user-message', text: 'Anybody?' });
    expect(house.store.appends).toHaveLength(appends);
  });

  it('is there again, as its journal has it, when somebody comes back', async () => {
    const { house, session, client } = await held();
    client.send({ type: 'user-message', text: 'Hi.' }, { local_id: 'L' });
    house.store.refuse();
    const again = await house.sessions.open(session.info.id);
    expect(again).not.toBe(session);
    house.store.holdWrites = false;
    const back = house.connect(again!, 3);
    back.send({ type: 'user-message', text: 'Hi.' }, { local_id: 'L' });
    await settle();
    expect(back.socket.lines).toEqual(['4 user-message']);
  });

  it('sends away who comes at the moment of the break', async () => {
    const { house, session, client } = await held();
    client.send({ type: 'user-message', text: 'Hi.' });
    house.store.refuse();
    const late = house.connect(session);
    expect(late.socket.closedWith?.code).toBe(1011);
  });

  it('is let go of by its participants', async () => {
    const gone: string[] = [];
    const { house, session, client } = await held({
      sessionChanged() {},
      sessionUnloaded: ({ info }) => gone.push(info.id),
    });
    client.send({ type: 'user-message', text: 'Hi.' });
    house.store.refuse();
    expect(gone).toEqual([session.info.id]);
  });

  it('breaks as well when a command fails halfway, for nobody knows what of it was done', async () => {
    const { house, session, client } = await held();
    session.execute({ type: 'no command at all' } as never);
    expect(client.socket.closedWith?.code).toBe(1011);
    expect(await house.sessions.open(session.info.id)).not.toBe(session);
  });
});
